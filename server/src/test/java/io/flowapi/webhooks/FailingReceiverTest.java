package io.flowapi.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Received;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real answers over real HTTP, and a clock that the test moves. */
class FailingReceiverTest {

    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final UUID webhook = alice.webhook(receiver.url("/hooks"));

    @AfterEach
    void close() {
        receiver.close();
    }

    /** Time goes by, and what is due is delivered. */
    private static void pass(Duration time) {
        Instant end = flow.clock().instant().plus(time);
        while (flow.clock().instant().isBefore(end)) {
            flow.clock().advance(STEP);
            flow.deliverDue();
        }
    }

    private UUID attempted() {
        UUID delivery = alice.event(webhook);
        flow.deliverDue();
        return delivery;
    }

    @Test
    void a_receiver_that_was_down_for_a_day_has_everything_in_the_end_under_the_same_ids() {
        receiver.answers(Reply.status(503));
        List<UUID> deliveries = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            deliveries.add(attempted());
            pass(Duration.ofHours(1));
        }
        int refused = receiver.received().size();
        receiver.answers(Reply.status(200));
        pass(Duration.ofDays(2));

        assertThat(deliveries).extracting(alice::status).containsOnly("delivered");
        List<Received> taken =
                receiver.received().subList(refused, receiver.received().size());
        List<String> events = deliveries.stream()
                .map(delivery -> alice.column("deliveries", "event_id", delivery))
                .toList();
        assertThat(taken).extracting(Received::id).containsExactlyInAnyOrderElementsOf(events);
        assertThat(receiver.received().subList(0, refused))
                .extracting(Received::id)
                .isSubsetOf(events);
    }

    @Test
    void after_ten_attempts_over_three_days_a_delivery_has_failed() {
        receiver.answers(Reply.status(500));
        UUID delivery = attempted();

        pass(Duration.ofDays(2));
        assertThat(alice.status(delivery)).isEqualTo("pending");
        pass(Duration.ofDays(2));

        assertThat(alice.status(delivery)).isEqualTo("failed");
        assertThat(alice.attempts(delivery)).hasSize(10).containsOnly("500 status");
        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("enabled");
    }

    @Test
    void five_days_of_failure_disable_and_what_is_pending_waits_untried() {
        receiver.answers(Reply.status(500));
        attempted();
        pass(Duration.ofDays(4));
        UUID later = attempted();
        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("enabled");

        pass(Duration.ofDays(2));
        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("disabled");
        assertThat(alice.column("webhooks", "disabled_reason", webhook)).isEqualTo("failing");
        int tried = receiver.received().size();
        pass(Duration.ofDays(2));

        assertThat(alice.status(later)).isEqualTo("pending");
        assertThat(receiver.received()).hasSize(tried);
        receiver.answers(Reply.status(200));
        enable();
        flow.deliverDue();
        assertThat(alice.status(later)).isEqualTo("delivered");
    }

    private void enable() {
        alice.update("""
                update webhooks
                set status = 'enabled', disabled_reason = null, disabled_at = null, failing_since = null
                where id = ?
                """, webhook);
    }

    @Test
    void one_success_forgets_all_failures_of_before() {
        receiver.answers(Reply.status(500));
        attempted();
        pass(Duration.ofDays(4));
        receiver.answers(Reply.status(200));
        attempted();
        assertThat(alice.column("webhooks", "failing_since", webhook)).isEqualTo("null");
        receiver.answers(Reply.status(500));
        attempted();
        pass(Duration.ofDays(3));

        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("enabled");
    }

    @Test
    void gone_disables_at_once() {
        receiver.answers(Reply.status(410));

        UUID delivery = attempted();

        assertThat(alice.column("webhooks", "disabled_reason", webhook)).isEqualTo("gone");
        assertThat(alice.attempts(delivery)).containsExactly("410 status");
        pass(Duration.ofDays(1));
        assertThat(receiver.received()).hasSize(1);
        receiver.answers(Reply.status(200));
        enable();
        flow.deliverDue();
        assertThat(alice.status(delivery)).isEqualTo("delivered");
    }

    @Test
    void too_many_requests_is_waited_for_as_long_as_is_asked() {
        receiver.answers(Reply.status(429).with("Retry-After", "1800"));
        UUID delivery = attempted();
        receiver.answers(Reply.status(200));

        flow.clock().advance(Duration.ofSeconds(1800).minus(SECOND));
        flow.deliverDue();
        assertThat(alice.attempts(delivery)).containsExactly("429 status");
        flow.clock().advance(SECOND);
        flow.deliverDue();

        assertThat(alice.attempts(delivery)).containsExactly("429 status", "200");
    }

    @Test
    void a_date_is_waited_for_too() {
        // A date of HTTP has no milliseconds.
        Instant until = Instant.ofEpochSecond(flow.clock().instant().getEpochSecond() + 1200);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
        receiver.answers(Reply.status(503).with("Retry-After", date));
        UUID delivery = attempted();
        receiver.answers(Reply.status(200));

        flow.clock().advance(Duration.between(flow.clock().instant(), until).minus(SECOND));
        flow.deliverDue();
        assertThat(alice.attempts(delivery)).containsExactly("503 status");
        // The attempt itself has taken some of the machine's time.
        flow.clock().advance(SECOND.multipliedBy(2));
        flow.deliverDue();

        assertThat(alice.attempts(delivery)).containsExactly("503 status", "200");
    }

    @Test
    void what_cannot_be_understood_asks_for_nothing() {
        for (String asked : List.of("soon", "-5", "1e9", "99999999999999999999", "Mon, 99 Foo 2026 00:00:00 GMT", "")) {
            receiver.answers(Reply.status(503).with("Retry-After", asked));
            UUID delivery = attempted();
            receiver.answers(Reply.status(200));
            flow.clock().advance(Duration.ofSeconds(6));
            flow.deliverDue();

            assertThat(alice.status(delivery)).as(asked).isEqualTo("delivered");
        }
    }

    @Test
    void a_redirection_is_a_failure_and_is_never_followed() {
        try (WebhookReceiver elsewhere = WebhookReceiver.start()) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                receiver.answers(Reply.status(status).with("Location", elsewhere.url("/inside")));

                assertThat(alice.attempts(attempted())).containsExactly(status + " redirect");
            }
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void every_answer_of_success_is_one_and_no_other() {
        for (int status : List.of(200, 201, 202, 204)) {
            receiver.answers(Reply.status(status));
            assertThat(alice.status(attempted())).isEqualTo("delivered");
        }
        for (int status : List.of(304, 400, 401, 404, 500, 599)) {
            receiver.answers(Reply.status(status));
            assertThat(alice.status(attempted())).isEqualTo("pending");
        }
    }

    @Test
    void nobody_listens() {
        receiver.close();

        assertThat(alice.attempts(attempted())).containsExactly("unreachable");
    }

    @Test
    void of_an_answer_16_kilobytes_are_kept() {
        receiver.answers(Reply.status(200).saying("é".repeat(500_000)));

        UUID delivery = attempted();

        assertThat(alice.status(delivery)).isEqualTo("delivered");
        assertThat(response(delivery).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(KeptResponse.BYTES_MAX);
        assertThat(response(delivery)).startsWith("ééé").hasSizeGreaterThan(8_000);
    }

    @Test
    void no_secret_that_a_receiver_repeats_is_kept() {
        UUID secretive = alice.webhook(receiver.url("/secretive"), Map.of("Authorization", "Basic c2VjcmV0"));
        String secret = alice.secrets(secretive).getFirst();
        receiver.answers(attempt -> Reply.status(400)
                .saying("no " + attempt.header("authorization") + " for " + secret + " of flow_test_abcdef123 \0"));
        UUID delivery = alice.event(secretive);
        flow.deliverDue();

        assertThat(response(delivery))
                .startsWith("no [redacted] for [redacted]")
                .doesNotContain("c2VjcmV0", secret, "abcdef123", "\0");
    }

    private String response(UUID delivery) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select response from delivery_attempts where delivery_id = :delivery")
                        .bind("delivery", delivery)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void a_delivery_whose_event_is_not_there_ends() {
        UUID delivery = alice.deliver(webhook, flow.installation().ids().next().toString());

        flow.deliverDue();

        assertThat(alice.status(delivery)).isEqualTo("failed");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_fault_of_ours_is_an_attempt_and_stops_nobody() {
        UUID unsendable = alice.webhook(receiver.url("/unsendable"), Map.of("X-Line", "a\nb"));

        UUID one = alice.event(unsendable);
        UUID other = alice.event(webhook);
        flow.deliverDue();

        assertThat(alice.attempts(one)).containsExactly("broken");
        assertThat(alice.status(other)).isEqualTo("delivered");
        assertThat(receiver.received("/unsendable")).isEmpty();
    }
}
