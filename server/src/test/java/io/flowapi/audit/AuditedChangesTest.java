package io.flowapi.audit;

import static io.flowapi.testing.AuditTrail.actions;
import static io.flowapi.testing.AuditTrail.listed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the entries say beyond who and when, and what came of sending. */
class AuditedChangesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();
    private final AuditTrail trail = AuditTrail.of(flow, Mode.TEST);

    @Test
    void a_change_names_its_fields_and_not_what_they_hold() {
        String post = alice.draft(channel, "Secret plan");

        List<JsonNode> ofPost =
                trail.of(() -> alice.patch("/v1/posts/" + post, "{\"content\":\"Another plan\",\"externalId\":null}")
                        .expect(200));
        List<JsonNode> ofChannel = trail.of(() ->
                alice.patch("/v1/channels/" + channel, "{\"name\":\"Plans\"}").expect(200));

        assertThat(details(ofPost)).isEqualTo("{\"fields\":[\"content\",\"externalId\"]}");
        assertThat(details(ofChannel)).isEqualTo("{\"fields\":[\"name\"]}");
        assertThat(ofPost.toString() + ofChannel).doesNotContain("plan", "Plans");
    }

    private static String details(List<JsonNode> entries) {
        assertThat(entries).hasSize(1);
        return entries.getFirst().path("details").toString();
    }

    @Test
    void a_rolled_key_is_followed_by_the_new_one() {
        String old = alice.post("/v1/api-keys", "{\"name\":\"CI\"}").created();
        String[] made = new String[1];

        List<JsonNode> entries = trail.of(() ->
                made[0] = alice.post("/v1/api-keys/" + old + "/roll", "{}").created());

        assertThat(details(entries)).isEqualTo("{\"newApiKeyId\":\"" + made[0] + "\"}");
        assertThat(entries.getFirst().path("resourceId").asText()).isEqualTo(old);
    }

    @Test
    void a_key_that_deletes_itself_is_named_as_the_one_who_did_it() {
        String self = alice.get("/v1/me").text("apiKey/id");

        List<JsonNode> entries =
                trail.of(() -> alice.delete("/v1/api-keys/" + self).expect(204));

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.path("apiKeyId").asText()).isEqualTo(self);
            assertThat(entry.path("resourceId").asText()).isEqualTo(self);
        });
    }

    @Test
    void a_deleted_channel_tells_that_its_posts_were_cancelled() {
        alice.schedule(channel, "Later", flow.clock().instant().plus(Duration.ofDays(1)));

        assertThat(trail.of(() -> alice.delete("/v1/channels/" + channel).expect(409)))
                .isEmpty();
        List<JsonNode> entries = trail.of(() -> alice.delete("/v1/channels/" + channel + "?cancelScheduled=true")
                .expect(204));

        assertThat(details(entries)).isEqualTo("{\"cancelScheduled\":true}");
    }

    @Test
    void a_deletion_from_the_networks_tells_so_and_has_an_entry_for_each() {
        String post = alice.publishNow(channel, "Out");
        flow.runDueJobs();
        String target = alice.getPost(post).at("/targets/0/id").asText();

        List<JsonNode> entries = trail.of(
                () -> alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200));

        assertThat(actions(entries)).containsExactlyInAnyOrder("deletePost", "target.deleted");
        JsonNode record = one(entries, "deletePost");
        JsonNode removed = one(entries, "target.deleted");
        assertThat(record.path("details").toString()).isEqualTo("{\"fromProvider\":true}");
        assertThat(removed.path("resourceId").asText()).isEqualTo(target);
        assertThat(removed.at("/details/postId").asText()).isEqualTo(post);
        assertThat(removed.path("requestId")).isEqualTo(record.path("requestId"));
    }

    /** One network did what it was asked to and another did not: the request was refused, and yet something is gone. */
    @Test
    void what_one_network_removed_is_noted_although_the_post_is_kept() {
        String gone = alice.channel();
        String post = alice.post("/v1/posts", """
                        {"content":"Both","publishNow":true,"targets":[{"channelId":"%s"},{"channelId":"%s"}]}
                        """.formatted(channel, gone)).created();
        flow.runDueJobs();
        alice.delete("/v1/channels/" + gone).expect(204);

        List<JsonNode> entries = trail.of(
                () -> alice.delete("/v1/posts/" + post + "?fromProvider=true").isProblem(409, "post_not_deleted"));

        assertThat(actions(entries)).containsExactly("target.deleted");
    }

    private static JsonNode one(List<JsonNode> entries, String action) {
        return entries.stream()
                .filter(entry -> entry.path("action").asText().equals(action))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_came_of_sending_is_the_workers() {
        String post = alice.publishNow(channel, "Out");
        JsonNode target = alice.getPost(post).at("/targets/0");

        List<JsonNode> entries = trail.of(flow::runDueJobs);

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.path("action").asText()).isEqualTo("target.published");
            assertThat(entry.path("actor").asText()).isEqualTo("worker");
            assertThat(entry.path("mode").asText()).isEqualTo("test");
            assertThat(entry.path("userId").asText())
                    .isEqualTo(alice.get("/v1/me").text("user/id"));
            assertThat(entry.path("resourceType").asText()).isEqualTo("target");
            assertThat(entry.path("resourceId")).isEqualTo(target.path("id"));
            assertThat(entry.path("details").toString()).isEqualTo("{\"postId\":\"" + post + "\"}");
            assertThat(entry.path("createdAt").asText())
                    .isEqualTo(flow.clock().instant().toString());
            assertThat(entry.has("apiKeyId") || entry.has("address") || entry.has("requestId"))
                    .isFalse();
        });
        assertThat(listed(alice, "resourceId=" + target.path("id").asText())).hasSize(1);
    }

    @Test
    void a_refused_post_has_failed() {
        alice.publishNow(channel, "[sandbox:rejected]");

        assertThat(actions(trail.of(flow::runDueJobs))).containsExactly("target.failed");
    }

    @Test
    void an_unknown_outcome_is_noted_once_however_often_the_network_is_asked() {
        String post = alice.publishNow(channel, "[sandbox:unknown]");
        List<JsonNode> entries = trail.of(() -> {
            flow.runDueJobs();
            askAgain();
        });
        String target = alice.getPost(post).at("/targets/0/id").asText();
        String resolve = "/v1/posts/" + post + "/targets/" + target + "/resolve";

        List<JsonNode> settled =
                trail.of(() -> alice.post(resolve, "{\"outcome\":\"failed\"}").expect(200));

        assertThat(actions(entries)).containsExactlyInAnyOrder("target.unknown", "target.needs_attention");
        assertThat(details(settled)).isEqualTo("{\"postId\":\"" + post + "\",\"outcome\":\"failed\"}");
        assertThat(actions(settled)).containsExactly("resolveTarget");
    }

    private static void askAgain() {
        for (int i = 0; i < 3; i++) {
            flow.clock().advance(Duration.ofMinutes(15));
            flow.runDueJobs();
        }
    }

    @Test
    void a_lost_answer_is_unknown_and_then_published() {
        alice.publishNow(channel, "[sandbox:timeout]");

        List<JsonNode> entries = trail.of(() -> {
            flow.runDueJobs();
            askAgain();
        });

        assertThat(actions(entries)).containsExactlyInAnyOrder("target.published", "target.unknown");
    }

    @Test
    void what_is_sent_again_later_has_no_entry_yet() {
        alice.publishNow(channel, "[sandbox:rate-limited]");

        assertThat(trail.of(flow::runDueJobs)).isEmpty();
        assertThat(actions(trail.of(AuditedChangesTest::askAgain))).containsExactly("target.published");
    }

    @Test
    void a_repeated_request_leaves_no_second_entry() {
        String json = TestCaller.postJson(channel, "Once", "");

        List<JsonNode> entries = trail.of(() -> {
            alice.post("/v1/posts", json, "Idempotency-Key", "k").expect(201);
            alice.post("/v1/posts", json, "Idempotency-Key", "k").expect(201);
            alice.post("/v1/posts", "{\"content\":\"x\"}", "Idempotency-Key", "k")
                    .expect(422);
        });

        assertThat(actions(entries)).containsExactly("createPost");
    }

    @Test
    void refusals_of_every_kind_leave_none() {
        String post = alice.draft(channel, "Draft");

        assertThat(trail.of(() -> {
                    alice.patch("/v1/posts/" + post, "{\"content\":\"x\"}", "If-Match", "\"9\"")
                            .expect(412);
                    alice.delete("/v1/channels/" + channel, "If-Match", "\"9\"").expect(412);
                    alice.post("/v1/posts/" + post + "/retry").expect(409);
                    alice.patch("/v1/channels/" + channel, "{\"name\":\" \"}").expect(422);
                    alice.post("/v1/api-keys", "{\"name\":\"<b></b>\"}").expect(422);
                    flow.caller().delete("/v1/posts/" + post).expect(404);
                }))
                .isEmpty();
    }
}
