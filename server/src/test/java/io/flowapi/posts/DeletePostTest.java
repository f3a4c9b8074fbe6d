package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletePostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @Test
    void a_deleted_draft_is_gone_and_a_second_time_it_is_not_found() {
        String id = alice.draft(channel, "Never");

        alice.delete("/v1/posts/" + id).expect(204);

        alice.get("/v1/posts/" + id).isProblem(404, "not_found");
        alice.delete("/v1/posts/" + id).isProblem(404, "not_found");
    }

    @Test
    void a_deleted_scheduled_post_never_goes_out() {
        String id = alice.schedule(channel, "Never", flow.clock().instant().plus(Duration.ofHours(1)));

        alice.delete("/v1/posts/" + id).expect(204);
        flow.clock().advance(Duration.ofHours(2));
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void a_published_post_stays_on_its_network() {
        String id = published("Stays");

        alice.delete("/v1/posts/" + id).expect(204);

        alice.get("/v1/posts/" + id).isProblem(404, "not_found");
        assertThat(alice.timeline(channel)).containsExactly("Stays");
    }

    @Test
    void from_the_provider_it_goes_there_first_and_every_target_is_reported() {
        String other = alice.channel();
        String id = alice.post("/v1/posts", """
                        {"content":"Both","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"[sandbox:rejected]"}]}
                        """.formatted(channel, other)).created();
        flow.runDueJobs();

        JsonNode report = alice.delete("/v1/posts/" + id + "?fromProvider=true").ok();

        assertThat(report.path("postId").asText()).isEqualTo(id);
        assertThat(report.at("/targets/0/outcome").asText()).isEqualTo("deleted");
        assertThat(report.at("/targets/1/outcome").asText()).isEqualTo("not_published");
        assertThat(alice.timeline(channel)).isEmpty();
        alice.get("/v1/posts/" + id).isProblem(404, "not_found");
    }

    @Test
    void a_post_on_its_way_is_not_deleted() {
        String failing = alice.publishNow(alice.channel(), "[sandbox:server-error]");
        flow.runDueJobs();
        String waiting = alice.publishNow(channel, "On its way");

        for (String id : new String[] {failing, waiting}) {
            flow.unchanged(() -> alice.delete("/v1/posts/" + id).isProblem(409, "post_not_deletable"));
            flow.unchanged(
                    () -> alice.delete("/v1/posts/" + id + "?fromProvider=true").isProblem(409, "post_not_deletable"));
        }
    }

    @Test
    void what_a_deleted_channel_has_published_is_kept_until_the_caller_lets_it_go() {
        String id = published("Orphan");
        alice.delete("/v1/channels/" + channel).expect(204);

        flow.unchanged(() -> alice.delete("/v1/posts/" + id + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider channel_deleted"));

        alice.delete("/v1/posts/" + id).expect(204);
    }

    @Test
    void another_user_finds_nothing_to_delete() {
        String id = published("Mine");
        TestCaller bob = flow.caller();

        flow.unchanged(() -> bob.delete("/v1/posts/" + id).isProblem(404, "not_found"));
        flow.unchanged(
                () -> bob.delete("/v1/posts/" + id + "?fromProvider=true").isProblem(404, "not_found"));
        assertThat(alice.timeline(channel)).containsExactly("Mine");
    }

    private String published(String content) {
        String id = alice.publishNow(channel, content);
        flow.runDueJobs();
        return id;
    }
}
