package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The official library judges, as it is: it has no clock but the machine's. */
class SignedDeliveriesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();

    @BeforeAll
    static void tellTheRightTime() {
        flow.clock().advance(Duration.between(flow.clock().instant(), Instant.now()));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Received delivered(UUID webhook) {
        UUID delivery = alice.event(webhook);
        flow.deliverDue();
        assertThat(alice.status(delivery)).isEqualTo("delivered");
        return receiver.received().getLast();
    }

    private static void verify(Received received, String secret) throws Exception {
        new Webhook(secret).verify(received.text(), received.headers());
    }

    @Test
    void what_is_sent_is_the_event_as_the_api_shows_it_and_verifies() throws Exception {
        UUID webhook = alice.webhook(receiver.url("/hooks"));

        Received received = delivered(webhook);

        verify(received, alice.secrets(webhook).getFirst());
        assertThat(received.body())
                .isEqualTo(alice.caller().get("/v1/events/" + received.id()).bytes());
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("user-agent")).startsWith("flow-api");
        assertThat(received.header("webhook-timestamp"))
                .isEqualTo(Long.toString(flow.clock().instant().getEpochSecond()));
    }

    @Test
    void every_delivery_verifies_before_during_and_after_a_roll() throws Exception {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        String old = alice.secrets(webhook).getFirst();
        verify(delivered(webhook), old);

        String rolled = alice.roll(webhook, flow.clock().instant().plusSeconds(30));
        Received during = delivered(webhook);
        flow.clock().advance(Duration.ofSeconds(30));
        Received after = delivered(webhook);

        assertThat(during.header("webhook-signature").split(" ")).hasSize(2);
        verify(during, old);
        verify(during, rolled);
        verify(after, rolled);
        assertThatThrownBy(() -> verify(after, old)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void a_body_with_one_space_more_does_not_verify() {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        Received received = delivered(webhook);
        String secret = alice.secrets(webhook).getFirst();

        assertThatCode(() -> verify(received, secret)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(secret).verify(received.text() + " ", received.headers()))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void an_owners_headers_are_sent_and_never_in_the_place_of_ours() throws Exception {
        // The API refuses the second; whatever stands in the database, ours are sent.
        UUID webhook = alice.webhook(receiver.url("/hooks"), Map.of("X-Team", "blue", "Webhook-Id", "forged"));

        Received received = delivered(webhook);

        assertThat(received.header("x-team")).isEqualTo("blue");
        assertThat(received.headers().get("webhook-id")).hasSize(1).doesNotContain("forged");
        verify(received, alice.secrets(webhook).getFirst());
    }

    @Test
    void each_attempt_has_a_time_and_a_signature_of_its_own_and_the_same_id_and_bytes() throws Exception {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        receiver.answers(WebhookReceiver.Reply.status(500));
        UUID delivery = alice.event(webhook);
        flow.deliverDue();
        receiver.answers(WebhookReceiver.Reply.status(200));
        flow.clock().advance(Duration.ofSeconds(6));
        flow.deliverDue();

        assertThat(alice.attempts(delivery)).containsExactly("500 status", "200");
        List<Received> attempts = receiver.received();
        for (Received attempt : attempts) {
            verify(attempt, alice.secrets(webhook).getFirst());
        }
        assertThat(attempts)
                .extracting(Received::id)
                .hasSize(2)
                .containsOnly(attempts.getFirst().id());
        assertThat(attempts.getLast().body()).isEqualTo(attempts.getFirst().body());
        assertThat(attempts)
                .extracting(attempt -> attempt.header("webhook-timestamp"))
                .doesNotHaveDuplicates();
    }
}
