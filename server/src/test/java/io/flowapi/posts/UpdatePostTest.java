package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdatePostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private static Instant in(Duration time) {
        return flow.clock().instant().plus(time);
    }

    private JsonNode patch(String post, String json) {
        return alice.patch("/v1/posts/" + post, json).ok();
    }

    @Test
    void changes_what_it_names_and_keeps_the_rest() {
        String id = alice.post(
                        "/v1/posts",
                        TestCaller.postJson(
                                channel, "One", "\"externalId\":\"e-1\",\"metadata\":{\"a\":\"1\",\"b\":\"2\"}"))
                .created();

        JsonNode post = patch(id, "{\"content\":\"Two\",\"metadata\":{\"a\":null,\"c\":\"3\"}}");

        assertThat(post.path("content").asText()).isEqualTo("Two");
        assertThat(post.path("externalId").asText()).isEqualTo("e-1");
        assertThat(post.path("metadata").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(post.path("version").asInt()).isEqualTo(2);
        assertThat(alice.getPost(id)).isEqualTo(post);
    }

    @Test
    void null_removes_what_may_be_missing() {
        String id = alice.post(
                        "/v1/posts",
                        TestCaller.postJson(channel, "One", "\"externalId\":\"e-2\",\"metadata\":{\"a\":\"1\"}"))
                .created();

        JsonNode post = patch(id, "{\"externalId\":null,\"metadata\":null}");

        assertThat(post.has("externalId")).isFalse();
        assertThat(post.path("metadata")).isEmpty();
    }

    @Test
    void a_time_schedules_a_draft_and_it_goes_out_then() {
        String id = alice.draft(channel, "Later");

        JsonNode post = patch(id, "{\"scheduledAt\":\"" + in(Duration.ofHours(1)) + "\"}");
        assertThat(post.path("status").asText()).isEqualTo("scheduled");
        flow.clock().advance(Duration.ofMinutes(59));
        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
        flow.clock().advance(Duration.ofMinutes(1));
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("Later");
    }

    @Test
    void null_in_place_of_the_time_makes_it_a_draft_that_stays() {
        String id = alice.schedule(channel, "Never", in(Duration.ofHours(1)));

        JsonNode post = patch(id, "{\"scheduledAt\":null}");
        flow.clock().advance(Duration.ofHours(2));
        flow.runDueJobs();

        assertThat(post.path("status").asText()).isEqualTo("draft");
        assertThat(post.at("/targets/0").has("scheduledAt")).isFalse();
        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void an_acknowledged_change_is_what_goes_out_at_the_new_time() {
        String id = alice.schedule(channel, "Old", in(Duration.ofHours(1)));

        patch(id, "{\"content\":\"New\",\"scheduledAt\":\"" + in(Duration.ofHours(3)) + "\"}");
        flow.clock().advance(Duration.ofHours(2));
        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("New");
    }

    @Test
    void targets_are_replaced_and_a_channel_that_stays_keeps_its_target() {
        String other = alice.channel();
        String third = alice.channel();
        String id = alice.post("/v1/posts", """
                        {"content":"Who","targets":[{"channelId":"%s"},{"channelId":"%s"}],"scheduledAt":"%s"}
                        """.formatted(channel, other, in(Duration.ofHours(1))))
                .created();
        String kept = alice.getPost(id).at("/targets/1/id").asText();

        JsonNode post = patch(id, """
                        {"targets":[{"channelId":"%s","content":"Own"},{"channelId":"%s"}]}
                        """.formatted(other, third));
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        assertThat(post.at("/targets/0/id").asText()).isEqualTo(kept);
        assertThat(alice.timeline(channel)).isEmpty();
        assertThat(alice.timeline(other)).containsExactly("Own");
        assertThat(alice.timeline(third)).containsExactly("Who");
    }

    @Test
    void finds_all_that_is_wrong_and_changes_nothing() {
        String id = alice.draft(channel, "One");
        JsonNode before = alice.getPost(id);

        alice.patch("/v1/posts/" + id, """
                        {"content":" ","scheduledAt":"2001-01-01T00:00:00Z","targets":[
                          {"channelId":"%s"},{"channelId":"0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10"}]}
                        """.formatted(channel))
                .isProblem(
                        422,
                        "validation_failed",
                        "#/content required",
                        "#/scheduledAt out_of_range",
                        "#/targets/1/channelId not_found");

        assertThat(alice.getPost(id)).isEqualTo(before);
    }

    @Test
    void metadata_may_not_grow_beyond_its_limit_step_by_step() {
        StringBuilder fifty = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            fifty.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }
        String id = alice.post("/v1/posts", TestCaller.postJson(channel, "One", "\"metadata\":{" + fifty + "}"))
                .created();

        alice.patch("/v1/posts/" + id, "{\"metadata\":{\"one-more\":\"v\"}}")
                .isProblem(422, "validation_failed", "#/metadata too_long");
    }

    @Test
    void a_null_where_something_must_be_is_refused() {
        String id = alice.draft(channel, "One");

        alice.patch("/v1/posts/" + id, "{\"content\":null,\"targets\":null}")
                .isProblem(422, "validation_failed", "#/content wrong_type", "#/targets wrong_type");
        alice.patch("/v1/posts/" + id, "{\"publishNow\":true}")
                .isProblem(422, "validation_failed", "#/publishNow unknown_field");
        alice.patch("/v1/posts/" + id, "{}").isProblem(422, "validation_failed");
    }

    @Test
    void what_has_started_is_not_changed() {
        String id = alice.publishNow(channel, "Out");

        alice.patch("/v1/posts/" + id, "{\"content\":\"x\"}").isProblem(409, "post_not_editable");
        flow.runDueJobs();
        alice.patch("/v1/posts/" + id, "{\"content\":\"x\"}").isProblem(409, "post_not_editable");

        assertThat(alice.timeline(channel)).containsExactly("Out");
    }

    @Test
    void a_time_that_has_passed_meanwhile_does_not_forbid_another_change() {
        String id = alice.schedule(channel, "Late", in(Duration.ofMinutes(1)));
        flow.clock().advance(Duration.ofHours(1));

        patch(id, "{\"content\":\"Later\"}");
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("Later");
    }
}
