package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What no network tells, a person settles: until then nothing happens to it, and the post says so. */
class NeedsAttentionTest {

    private static final String FAILED = "{\"outcome\":\"failed\"}";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    /** Also makes due what is due in three seconds. */
    private void runOutOfPatience() {
        for (int second = 0; second < 4; second++) {
            flow.runDueJobs();
            flow.clock().advance(Duration.ofSeconds(1));
        }
    }

    private String neverTold() {
        String post = alice.publishNow(channel, "[sandbox:unknown]");
        runOutOfPatience();
        assertThat(status(post)).isEqualTo("needs_attention");
        return post;
    }

    /** A post of which the first target is never told of, and the second does what its text says. */
    private String both(String text) {
        return alice.post("/v1/posts", """
                        {"content":"[sandbox:unknown]","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"%s"}]}
                        """.formatted(channel, alice.channel(), text))
                .created();
    }

    private String status(String post) {
        return alice.getPost(post).path("status").asText();
    }

    private String resolve(String post) {
        return "/v1/posts/" + post + "/targets/"
                + alice.getPost(post).at("/targets/0/id").asText() + "/resolve";
    }

    @Test
    void a_network_that_never_tells_is_asked_for_a_while_and_then_a_person_is() {
        String id = alice.publishNow(channel, "[sandbox:unknown]");
        flow.runDueJobs();
        JsonNode asked = alice.getPost(id);
        runOutOfPatience();
        JsonNode post = alice.getPost(id);
        flow.clock().advance(Duration.ofDays(2));
        flow.runDueJobs();

        assertThat(asked.path("status").asText()).isEqualTo("publishing");
        assertThat(asked.at("/targets/0/error/remediation").asText()).isEqualTo("Nothing: it is being resolved.");
        assertThat(post.path("status").asText()).isEqualTo("needs_attention");
        assertThat(post.at("/targets/0/status").asText()).isEqualTo("unknown");
        assertThat(post.at("/targets/0/error/remediation").asText()).contains("settle the target");
        assertThat(alice.getPost(id)).as("nothing more happens by itself").isEqualTo(post);
        assertThat(alice.timeline(channel)).hasSize(1);
    }

    @Test
    void it_is_listed_by_its_status_and_stands_in_the_audit_log_once() {
        String post = neverTold();

        JsonNode listed = alice.get("/v1/posts?status=needs_attention").ok().path("data");

        assertThat(listed)
                .singleElement()
                .satisfies(only -> assertThat(only.path("id").asText()).isEqualTo(post));
        assertThat(AuditTrail.listed(alice, "action=target.needs_attention")).hasSize(1);
    }

    @Test
    void a_published_target_beside_it_does_not_settle_the_post_and_a_person_does() {
        String post = both("Fine");
        runOutOfPatience();
        assertThat(status(post)).isEqualTo("needs_attention");

        alice.post(resolve(post), FAILED).expect(200);

        assertThat(status(post)).isEqualTo("partially_published");
    }

    @Test
    void while_another_target_is_on_its_way_the_post_is_publishing() {
        String post = both("[sandbox:server-error]");
        runOutOfPatience();
        assertThat(alice.getPost(post).at("/targets/0/error/code").asText()).isEqualTo("not_told");
        assertThat(status(post)).isEqualTo("publishing");

        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        assertThat(alice.getPost(post).at("/targets/1/status").asText()).isEqualTo("failed");
        assertThat(status(post)).isEqualTo("needs_attention");
    }

    @Test
    void a_retry_sends_the_failed_target_beside_it_and_not_it() {
        String post = both("[sandbox:rejected]");
        runOutOfPatience();

        JsonNode retried = alice.post("/v1/posts/" + post + "/retry").ok();
        flow.runDueJobs();

        assertThat(retried.path("status").asText()).isEqualTo("publishing");
        assertThat(retried.at("/targets/0/status").asText()).isEqualTo("unknown");
        assertThat(alice.getPost(post).at("/targets/1/attempts").asInt()).isEqualTo(2);
        assertThat(alice.getPost(post).at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(status(post)).isEqualTo("needs_attention");
    }

    @Test
    void nothing_else_than_settling_is_possible_as_it_may_be_out() {
        String post = "/v1/posts/" + neverTold();

        alice.post(post + "/retry").isProblem(409, "post_not_retryable");
        alice.post(post + "/cancel").isProblem(409, "post_not_cancellable");
        alice.post(post + "/publish").isProblem(409, "post_not_publishable");
        alice.patch(post, "{\"content\":\"Other\"}").isProblem(409, "post_not_editable");
        flow.unchanged(() -> alice.delete(post)).isProblem(409, "post_not_deletable");
        alice.delete(post + "?fromProvider=true").isProblem(409, "post_not_deletable");
    }

    @Test
    void settled_it_can_be_deleted_or_retried() {
        String deleted = neverTold();
        alice.post(resolve(deleted), FAILED).expect(200);
        alice.delete("/v1/posts/" + deleted).expect(204);

        String retried = neverTold();
        alice.post(resolve(retried), FAILED).expect(200);
        alice.post("/v1/posts/" + retried + "/retry").expect(200);
        flow.runDueJobs();
        assertThat(status(retried)).as("asked anew, as this send is").isEqualTo("publishing");
        runOutOfPatience();
        assertThat(status(retried)).isEqualTo("needs_attention");
    }

    @Test
    void a_channel_is_held_by_what_is_being_asked_and_not_by_what_only_a_person_knows() {
        String post = alice.publishNow(channel, "[sandbox:unknown]");
        flow.runDueJobs();
        alice.delete("/v1/channels/" + channel + "?cancelScheduled=true").isProblem(409, "channel_in_use");
        runOutOfPatience();

        alice.delete("/v1/channels/" + channel).expect(204);

        assertThat(status(post)).isEqualTo("needs_attention");
        alice.post(resolve(post), "{\"outcome\":\"published\",\"providerPostId\":\"p-1\"}")
                .expect(200);
        assertThat(status(post)).isEqualTo("published");
    }
}
