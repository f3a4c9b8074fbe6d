package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecoverWebhookTest {

    private static final String URL = "https://hooks.example.com/flow";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);
    private final String channel = alice.channel();
    private final String path = "/v1/webhooks/" + later();

    /** So that the channel was there before. */
    private String later() {
        tick();
        return alice.webhook(URL, "*");
    }

    private static Instant tick() {
        flow.clock().advance(Duration.ofSeconds(1));
        return flow.clock().instant();
    }

    private String schedule() {
        return alice.schedule(channel, "Later", flow.clock().instant().plus(Duration.ofHours(1)));
    }

    private List<JsonNode> list(String query) {
        return StreamSupport.stream(
                        alice.get(path + "/deliveries" + query)
                                .ok()
                                .path("data")
                                .spliterator(),
                        false)
                .toList();
    }

    private String newest() {
        return list("?limit=1").getFirst().path("id").asText();
    }

    private static void fail(String delivery) {
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        "update deliveries set status = 'failed', next_attempt_at = null, attempts = 10, round = 10, ended_at = ?"
                                + " where id = ?",
                        flow.clock().instant(),
                        UUID.fromString(delivery)));
    }

    private Answer recover(Instant since) {
        return alice.post(path + "/recover", "{\"since\":\"" + since + "\"}").expect(200);
    }

    private static int deliveries(Answer recovered) {
        return recovered.body().path("deliveries").asInt();
    }

    @Test
    void starts_what_failed_since_then_anew_and_nothing_else() {
        schedule();
        String before = newest();
        fail(before);
        Instant since = tick();
        schedule();
        String failed = newest();
        fail(failed);
        tick();
        schedule();

        Answer recovered = recover(since);

        assertThat(deliveries(recovered)).isEqualTo(1);
        assertThat(recovered.body().path("hasMore").asBoolean()).isFalse();
        JsonNode again = alice.get(path + "/deliveries/" + failed).ok();
        assertThat(again.path("status").asText()).isEqualTo("pending");
        assertThat(again.path("nextAttemptAt").asText())
                .isEqualTo(flow.clock().instant().toString());
        assertThat(again.path("attemptCount").asInt()).isEqualTo(10);
        assertThat(again.has("endedAt")).isFalse();
        assertThat(alice.get(path + "/deliveries/" + before).text("status")).isEqualTo("failed");
        assertThat(deliveries(recover(since))).isZero();
        assertThat(list("")).hasSize(3);
    }

    @Test
    void sends_what_was_left_out_while_it_was_disabled_and_that_once() {
        Instant since = flow.clock().instant();
        alice.patch(path, "{\"status\":\"disabled\"}").expect(200);
        tick();
        String post = schedule();
        alice.post("/v1/posts/" + post + "/cancel").expect(200);
        assertThat(list("")).isEmpty();
        alice.patch(path, "{\"status\":\"enabled\"}").expect(200);
        schedule();

        assertThat(deliveries(recover(since))).isEqualTo(2);

        assertThat(list("").stream().map(one -> one.path("eventType").asText()))
                .containsExactlyInAnyOrder("post.scheduled", "post.cancelled", "post.scheduled");
        assertThat(deliveries(recover(since))).isZero();
    }

    /** Neither what it was not to be told, nor what happened before it was there, nor what is to be told to others. */
    @Test
    void sends_nothing_that_it_would_not_have_got() {
        Instant since = flow.clock().instant().minus(Duration.ofDays(1));
        tick();
        String some = alice.webhook(URL, "post.cancelled");
        alice.patch("/v1/webhooks/" + some, "{\"status\":\"disabled\"}").expect(200);
        alice.post(path + "/test").expect(201);
        String post = schedule();
        alice.post("/v1/posts/" + post + "/cancel").expect(200);
        flow.caller().channel();

        Answer recovered = alice.post("/v1/webhooks/" + some + "/recover", "{\"since\":\"" + since + "\"}")
                .expect(200);

        assertThat(deliveries(recovered)).isEqualTo(1);
        assertThat(alice.get("/v1/webhooks/" + some + "/deliveries").text("data/0/eventType"))
                .isEqualTo("post.cancelled");
    }

    @Test
    void stops_at_the_end_that_is_named() {
        schedule();
        fail(newest());
        Instant since = flow.clock().instant();
        Instant until = tick();
        schedule();
        fail(newest());

        Answer recovered = alice.post(path + "/recover", "{\"since\":\"" + since + "\",\"until\":\"" + until + "\"}")
                .expect(200);

        assertThat(deliveries(recovered)).isEqualTo(1);
        alice.post(path + "/recover", "{\"since\":\"" + until + "\",\"until\":\"" + until + "\"}")
                .isProblem(422, "validation_failed", "#/until out_of_range");
    }

    @Test
    void an_event_that_was_redelivered_meanwhile_is_not_sent_a_third_time() {
        Instant since = flow.clock().instant();
        schedule();
        String failed = newest();
        fail(failed);
        tick();
        alice.post(path + "/deliveries/" + failed + "/redeliver").expect(201);

        assertThat(deliveries(recover(since))).isZero();
    }

    @Test
    void takes_two_thousand_at_once_and_says_that_there_are_more() {
        Instant since = flow.clock().instant();
        String webhook = path.substring("/v1/webhooks/".length());
        flow.installation().database().write(tx -> {
            long now = flow.clock().instant().toEpochMilli();
            IntStream.range(0, 2001).forEach(i -> {
                UUID event = UUID.randomUUID();
                tx.execute(
                        "insert into events (id, user_id, mode, type, resource_id, sequence, data, created_at)"
                                + " values (?, ?, 'test', 'post.failed', ?, 1, '{}', ?)",
                        event,
                        user.account().id(),
                        event,
                        now + i);
                // Half of them failed, half were left out.
                if (i % 2 == 0) {
                    tx.execute(
                            "insert into deliveries (id, webhook_id, event_id, event_type, status, kind, created_at)"
                                    + " values (?, ?, ?, 'post.failed', 'failed', 'event', ?)",
                            UUID.randomUUID(),
                            UUID.fromString(webhook),
                            event,
                            now + i);
                }
            });
            return null;
        });
        flow.clock().advance(Duration.ofSeconds(5));

        Answer first = recover(since);
        Answer second = recover(since);

        assertThat(deliveries(first)).isEqualTo(2000);
        assertThat(first.body().path("hasMore").asBoolean()).isTrue();
        assertThat(deliveries(second)).isEqualTo(1);
        assertThat(second.body().path("hasMore").asBoolean()).isFalse();
    }
}
