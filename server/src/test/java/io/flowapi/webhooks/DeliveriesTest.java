package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of sending, and sending once more. What an attempt leaves is planted here: nothing is sent by these. */
class DeliveriesTest {

    private static final String URL = "https://hooks.example.com/flow";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.user().key(Mode.TEST);
    private final String channel = alice.channel();
    private final String id = alice.webhook(URL, "*");
    private final String path = "/v1/webhooks/" + id;

    private static Instant tick() {
        flow.clock().advance(Duration.ofSeconds(1));
        return flow.clock().instant();
    }

    private String schedule() {
        return alice.schedule(channel, "Later", flow.clock().instant().plus(Duration.ofHours(1)));
    }

    private List<JsonNode> list(String query) {
        List<JsonNode> all = new ArrayList<>();
        alice.get(path + "/deliveries" + query).ok().path("data").forEach(all::add);
        return all;
    }

    private static void ended(String delivery, String status) {
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        "update deliveries set status = ?, next_attempt_at = null, attempts = 2, round = 2, ended_at = ?"
                                + " where id = ?",
                        status,
                        flow.clock().instant(),
                        UUID.fromString(delivery)));
    }

    private static void attempt(String delivery, int number, Integer status, String response, String error) {
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        "insert into delivery_attempts"
                                + " (id, delivery_id, number, started_at, duration_ms, status_code, response, error)"
                                + " values (?, ?, ?, ?, 12, ?, ?, ?)",
                        UUID.randomUUID(),
                        UUID.fromString(delivery),
                        number,
                        flow.clock().instant(),
                        status,
                        response,
                        error));
    }

    private static List<String> ids(List<JsonNode> deliveries) {
        return deliveries.stream().map(one -> one.path("id").asText()).toList();
    }

    @Test
    void lists_newest_first_and_page_by_page_what_is_asked_for() {
        schedule();
        Instant from = tick();
        String post = schedule();
        Instant to = tick();
        alice.post("/v1/posts/" + post + "/cancel").expect(200);
        List<JsonNode> all = list("");
        assertThat(all).hasSize(3);
        ended(all.getFirst().path("id").asText(), "failed");

        assertThat(ids(list("?status=failed"))).containsExactly(ids(all).getFirst());
        assertThat(list("?status=pending")).hasSize(2);
        assertThat(ids(list("?eventType=post.cancelled"))).containsExactly(ids(all).getFirst());
        assertThat(ids(list("?from=" + from + "&to=" + to))).containsExactly(ids(all).get(1));
        Answer first = alice.get(path + "/deliveries?limit=2");
        assertThat(ids(list("?limit=2&cursor=" + first.text("nextCursor")))).containsExactly(ids(all).get(2));
        alice.get(path + "/deliveries?limit=2&status=pending&cursor=" + first.text("nextCursor"))
                .isProblem(400, "invalid_parameter");
        String other = alice.webhook(URL, "*");
        alice.get("/v1/webhooks/" + other + "/deliveries?cursor=" + first.text("nextCursor"))
                .isProblem(400, "invalid_parameter");
    }

    @Test
    void shows_the_attempts_newest_first() {
        schedule();
        String delivery = ids(list("")).getFirst();
        attempt(delivery, 1, null, null, "timeout");
        attempt(delivery, 2, 204, "", null);
        ended(delivery, "delivered");

        JsonNode shown = alice.get(path + "/deliveries/" + delivery).ok();

        assertThat(shown.path("status").asText()).isEqualTo("delivered");
        assertThat(shown.path("attemptCount").asInt()).isEqualTo(2);
        assertThat(shown.has("nextAttemptAt")).isFalse();
        assertThat(shown.path("attempts")).hasSize(2);
        assertThat(shown.at("/attempts/0/statusCode").asInt()).isEqualTo(204);
        assertThat(shown.at("/attempts/1/error").asText()).isEqualTo("timeout");
        assertThat(shown.at("/attempts/1").has("statusCode")).isFalse();
        assertThat(list("").getFirst().has("attempts")).isFalse();
        String other = alice.webhook(URL, "*");
        alice.get("/v1/webhooks/" + other + "/deliveries/" + delivery).isProblem(404, "not_found");
        alice.post("/v1/webhooks/" + other + "/deliveries/" + delivery + "/redeliver")
                .isProblem(404, "not_found");
    }

    @Test
    void a_test_event_goes_to_the_webhook_it_was_asked_for_alone() {
        String other = alice.webhook(URL, "*");

        Answer made = alice.post(path + "/test", "", "Idempotency-Key", "t").expect(201);

        assertThat(made.text("kind")).isEqualTo("test");
        assertThat(made.text("eventType")).isEqualTo("ping");
        assertThat(made.text("status")).isEqualTo("pending");
        assertThat(ids(list(""))).containsExactly(made.text("id"));
        assertThat(alice.get(made.header("Location")).text("eventId")).isEqualTo(made.text("eventId"));
        assertThat(alice.get("/v1/webhooks/" + other + "/deliveries").ok().path("data"))
                .isEmpty();
        JsonNode ping = alice.get("/v1/events/" + made.text("eventId")).ok();
        assertThat(ping.path("resourceId").asText()).isEqualTo(id);
        assertThat(ping.at("/data/webhook")).isEqualTo(alice.get(path).ok());
        alice.post(path + "/test", "", "Idempotency-Key", "t").expect(201);
        assertThat(list("")).hasSize(1);
    }

    @Test
    void a_disabled_webhook_gets_no_test_event() {
        alice.patch(path, "{\"status\":\"disabled\"}").expect(200);

        alice.post(path + "/test").isProblem(409, "webhook_disabled");

        assertThat(list("")).isEmpty();
    }

    @Test
    void redelivers_the_same_event_as_a_delivery_of_its_own() {
        schedule();
        JsonNode first = list("").getFirst();
        ended(first.path("id").asText(), "delivered");

        Answer again = alice.post(path + "/deliveries/" + first.path("id").asText() + "/redeliver")
                .expect(201);

        assertThat(again.text("kind")).isEqualTo("redelivery");
        assertThat(again.text("status")).isEqualTo("pending");
        assertThat(again.text("eventId")).isEqualTo(first.path("eventId").asText());
        assertThat(again.header("Location")).isEqualTo(path + "/deliveries/" + again.text("id"));
        assertThat(list("?status=delivered")).hasSize(1);
        alice.post(path + "/deliveries/" + again.text("id") + "/redeliver").expect(201);
    }

    @Test
    void what_is_not_kept_any_more_is_not_sent_again() {
        schedule();
        JsonNode delivery = list("").getFirst();
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        "delete from events where id = ?",
                        UUID.fromString(delivery.path("eventId").asText())));

        alice.post(path + "/deliveries/" + delivery.path("id").asText() + "/redeliver")
                .isProblem(404, "not_found");
    }
}
