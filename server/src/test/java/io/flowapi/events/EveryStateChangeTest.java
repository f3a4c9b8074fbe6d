package io.flowapi.events;

import static io.flowapi.testing.EachOperation.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.db.Engine;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a post, target, channel or webhook comes to is told once, and nothing else is. */
class EveryStateChangeTest {

    /** What the operations tell by themselves; what comes of sending comes later. */
    private static final Map<String, Set<String>> TOLD_BY = Map.ofEntries(
            Map.entry("createChannel", Set.of("channel.connected")),
            Map.entry("updateChannel", Set.of()),
            Map.entry("deleteChannel", Set.of("channel.disconnected")),
            Map.entry("startChannelConnection", Set.of()),
            Map.entry("createPost", Set.of("post.scheduled")),
            Map.entry("validatePost", Set.of()),
            Map.entry("updatePost", Set.of("post.scheduled")),
            Map.entry("deletePost", Set.of()),
            Map.entry("publishPost", Set.of()),
            Map.entry("cancelPost", Set.of("post.cancelled")),
            Map.entry("retryPost", Set.of()),
            Map.entry("resolveTarget", Set.of("target.resolved", "post.published")),
            Map.entry("createWebhook", Set.of()),
            Map.entry("updateWebhook", Set.of()),
            Map.entry("deleteWebhook", Set.of()),
            Map.entry("rollWebhookSecret", Set.of()),
            Map.entry("sendTestEvent", Set.of("ping")),
            Map.entry("redeliverWebhook", Set.of()),
            Map.entry("recoverWebhook", Set.of()),
            Map.entry("createApiKey", Set.of()),
            Map.entry("rollApiKey", Set.of()),
            Map.entry("deleteApiKey", Set.of()));

    private static final Logger FAULTS = Logger.getLogger("io.flowapi.platform.http.OperationHandler");

    @RegisterExtension
    static final Flow flow = new Flow();

    private TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @TestFactory
    Stream<DynamicTest> each_operation_tells_what_it_has_changed() {
        return each(operation -> !operation.method().equals("GET"), operation -> {
            assertThat(TOLD_BY).as("what the operations tell").containsKey(operation.id());
            // One for each operation: a user has room for so many webhooks only.
            alice = flow.caller();
            List<Resources.Attempt> attempts =
                    Resources.of(flow, alice).attempts(operation).toList();

            List<String> told = told(() -> attempts.forEach(Resources.Attempt::send));

            assertThat(told.stream().map(event -> event.split(" ")[0]).distinct())
                    .containsExactlyInAnyOrderElementsOf(TOLD_BY.get(operation.id()));
        });
    }

    /** What cannot be told is not done. */
    @TestFactory
    Stream<DynamicTest> nothing_is_changed_where_it_cannot_be_told() {
        Flow broken = new Flow();
        broken.start();
        Resources resources = Resources.of(broken, broken.caller());
        refuseEvents(broken);
        FAULTS.setLevel(Level.OFF);
        return each(
                        operation ->
                                !TOLD_BY.getOrDefault(operation.id(), Set.of()).isEmpty(),
                        operation -> assertThat(resources
                                        .attempts(operation)
                                        .map(Resources.Attempt::send)
                                        .map(Answer::status))
                                .contains(500))
                .onClose(() -> {
                    FAULTS.setLevel(null);
                    broken.stop();
                });
    }

    private static void refuseEvents(Flow flow) {
        boolean sqlite = flow.installation().database().engine() == Engine.SQLITE;
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        sqlite
                                ? "create trigger broken before insert on events"
                                        + " begin select raise(abort, 'broken'); end"
                                : "create trigger broken before insert on events"
                                        + " for each statement execute function audit_entries_append_only()"));
    }

    /** What the work left, as type and sequence, newest first for each time; each event is right in itself. */
    private List<String> told(Runnable work) {
        flow.clock().advance(Duration.ofSeconds(1));
        Instant from = flow.clock().instant();
        work.run();
        List<String> told = new ArrayList<>();
        JsonNode page = alice.get("/v1/events?limit=100&from=" + from).ok();
        assertThat(page.path("hasMore").asBoolean()).isFalse();
        page.path("data").forEach(event -> {
            isRight(event);
            told.add(event.path("type").asText() + " " + event.path("sequence").asInt());
        });
        return told;
    }

    private static void isRight(JsonNode event) {
        if (event.path("type").asText().equals("ping")) {
            assertThat(event.path("resourceId")).isEqualTo(event.at("/data/webhook/id"));
            return;
        }
        String[] type = event.path("type").asText().split("\\.");
        JsonNode data = event.path("data");
        JsonNode resource = data.path(type[0]);
        assertThat(new TreeSet<>(
                        data.properties().stream().map(Map.Entry::getKey).toList()))
                .isEqualTo(type[0].equals("target") ? Set.of("postId", "target") : Set.of(type[0]));
        assertThat(event.path("resourceId")).isEqualTo(resource.path("id"));
        if (!Set.of("resolved", "disconnected").contains(type[1])) {
            assertThat(resource.path("status").asText()).isEqualTo(type[1]);
        }
    }

    private List<String> told(Runnable work, Duration later) {
        return told(() -> {
            work.run();
            flow.runDueJobs();
            flow.clock().advance(later);
            flow.runDueJobs();
        });
    }

    private List<String> publish(String content) {
        return told(() -> {
            alice.publishNow(channel, content);
            flow.runDueJobs();
        });
    }

    private List<String> patch(String post, String json) {
        return told(() -> alice.patch("/v1/posts/" + post, json).expect(200));
    }

    private static Instant in(Duration time) {
        return flow.clock().instant().plus(time);
    }

    private static String newest(TestCaller caller) {
        return caller.get("/v1/posts?limit=1").text("data/0/id");
    }

    @Test
    void a_post_is_told_when_it_gets_a_time_and_when_it_is_out() {
        assertThat(told(() -> alice.schedule(channel, "Later", in(Duration.ofHours(1)))))
                .containsExactly("post.scheduled 1");
        assertThat(told(() -> {}, Duration.ofHours(2)))
                .containsExactlyInAnyOrder("target.published 1", "post.published 2");
        assertThat(told(() -> {}, Duration.ofDays(1))).isEmpty();
    }

    @Test
    void a_draft_is_told_each_time_it_becomes_scheduled() {
        assertThat(told(() -> alice.draft(channel, "Draft"))).isEmpty();
        String post = newest(alice);
        String later = "{\"scheduledAt\":\"" + in(Duration.ofHours(2)) + "\"}";

        assertThat(patch(post, "{\"content\":\"Other\"}")).isEmpty();
        assertThat(patch(post, later)).containsExactly("post.scheduled 1");
        assertThat(patch(post, later)).isEmpty();
        assertThat(patch(post, "{\"scheduledAt\":\"" + in(Duration.ofHours(3)) + "\"}"))
                .isEmpty();
        assertThat(patch(post, "{\"scheduledAt\":null}")).isEmpty();
        assertThat(patch(post, later)).containsExactly("post.scheduled 2");
        assertThat(alice.get("/v1/events?limit=1").ok().at("/data/0/data/post")).isEqualTo(alice.getPost(post));
        assertThat(told(() -> alice.post("/v1/posts/" + post + "/publish").expect(200)))
                .isEmpty();
        assertThat(told(flow::runDueJobs)).containsExactlyInAnyOrder("target.published 1", "post.published 3");
    }

    @Test
    void what_is_refused_or_repeated_tells_nothing() {
        String post = alice.schedule(channel, "Later", in(Duration.ofHours(1)));
        String cancel = "/v1/posts/" + post + "/cancel";

        assertThat(told(() -> {
                    Answer first = alice.post(cancel, "", "Idempotency-Key", "once");
                    Answer second = alice.post(cancel, "", "Idempotency-Key", "once");
                    assertThat(second.status()).isEqualTo(first.expect(200).status());
                    alice.post(cancel).expect(409);
                }))
                .containsExactly("post.cancelled 2");
        assertThat(told(() -> {
                    alice.post("/v1/posts", TestCaller.postJson(channel, "<b></b>", "\"publishNow\":true"))
                            .expect(422);
                    alice.delete("/v1/channels/" + channel, "If-Match", "\"9\"").expect(412);
                    alice.patch("/v1/channels/" + channel, "{\"name\":\"New\"}").expect(200);
                    alice.delete("/v1/posts/" + post).expect(204);
                }))
                .isEmpty();
    }

    @Test
    void every_outcome_of_sending_is_told() {
        assertThat(publish("Out")).containsExactlyInAnyOrder("target.published 1", "post.published 1");
        assertThat(publish("[sandbox:rejected]")).containsExactlyInAnyOrder("target.failed 1", "post.failed 1");
        String failed = newest(alice);
        assertThat(told(() -> alice.post("/v1/posts/" + failed + "/retry").expect(200)))
                .isEmpty();
        assertThat(told(flow::runDueJobs)).containsExactlyInAnyOrder("target.failed 2", "post.failed 2");

        assertThat(publish("[sandbox:rate-limited]")).isEmpty();
        assertThat(told(() -> {}, Duration.ofMinutes(15)))
                .containsExactlyInAnyOrder("target.published 1", "post.published 1");
    }

    @Test
    void a_doubt_is_told_once_and_its_end_too() {
        assertThat(told(() -> alice.publishNow(channel, "[sandbox:timeout]"), Duration.ofHours(1)))
                .containsExactlyInAnyOrder("target.unknown 1", "target.published 2", "post.published 1");
    }

    @Test
    void each_send_that_a_network_did_not_take_is_a_doubt_of_its_own() {
        List<String> told = told(() -> {
            alice.publishNow(channel, "[sandbox:server-error]");
            for (int i = 0; i < 5; i++) {
                flow.runDueJobs();
                flow.clock().advance(Duration.ofMinutes(1));
            }
        });

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "target.unknown 1",
                        "target.unknown 2",
                        "target.unknown 3",
                        "target.unknown 4",
                        "target.unknown 5",
                        "target.failed 6",
                        "post.failed 1");
    }

    @Test
    void what_a_person_settles_is_told() {
        assertThat(settled("{\"outcome\":\"failed\"}")).containsExactlyInAnyOrder("target.resolved 2", "post.failed 1");
        assertThat(settled("{\"outcome\":\"published\",\"providerPostId\":\"p-1\"}"))
                .containsExactlyInAnyOrder("target.resolved 2", "post.published 1");
    }

    private List<String> settled(String outcome) {
        assertThat(publish("[sandbox:unknown]")).contains("target.unknown 1");
        JsonNode post = alice.getPost(newest(alice));
        return told(() -> alice.post(
                        "/v1/posts/" + post.path("id").asText() + "/targets/"
                                + post.at("/targets/0/id").asText() + "/resolve",
                        outcome)
                .expect(200));
    }

    @Test
    void a_channel_is_told_when_it_stops_to_work_and_when_it_works_again() {
        assertThat(publish("[sandbox:auth-revoked]"))
                .containsExactlyInAnyOrder("target.failed 1", "post.failed 1", "channel.reauthorization_required 2");
        assertThat(publish("[sandbox:auth-revoked] again"))
                .containsExactlyInAnyOrder("target.failed 1", "post.failed 1");
        assertThat(publish("It works"))
                .containsExactlyInAnyOrder("target.published 1", "post.published 1", "channel.connected 3");
        assertThat(told(() -> alice.delete("/v1/channels/" + channel).expect(204)))
                .containsExactly("channel.disconnected 4");
    }

    @Test
    void a_partial_success_is_told_in_all_its_parts() {
        String other = alice.channel();

        List<String> told = told(() -> {
            alice.post("/v1/posts", """
                            {"content":"Both","publishNow":true,
                             "targets":[{"channelId":"%s"},{"channelId":"%s","content":"[sandbox:rejected]"}]}
                            """.formatted(channel, other)).expect(201);
            flow.runDueJobs();
        });

        assertThat(told)
                .containsExactlyInAnyOrder("target.published 1", "target.failed 1", "post.partially_published 1");
    }

    @Test
    void posts_that_are_cancelled_with_their_channel_are_told() {
        String other = alice.channel();
        alice.schedule(channel, "Alone", in(Duration.ofHours(1)));
        alice.post("/v1/posts", """
                        {"content":"Both","scheduledAt":"%s","targets":[{"channelId":"%s"},{"channelId":"%s"}]}
                        """.formatted(in(Duration.ofHours(1)), channel, other))
                .expect(201);
        alice.draft(channel, "Draft");
        alice.publishNow(channel, "[sandbox:rate-limited]");
        flow.runDueJobs();

        List<String> told = told(() -> alice.delete("/v1/channels/" + channel + "?cancelScheduled=true")
                .expect(204));

        assertThat(told).containsExactlyInAnyOrder("post.cancelled 2", "post.cancelled 1", "channel.disconnected 2");
    }

    @Test
    void deleting_a_post_on_its_network_tells_nothing() {
        publish("Out");

        assertThat(told(() -> alice.delete("/v1/posts/" + newest(alice) + "?fromProvider=true")
                        .expect(200)))
                .isEmpty();
    }
}
