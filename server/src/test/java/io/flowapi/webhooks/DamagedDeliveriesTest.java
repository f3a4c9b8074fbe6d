package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be read in the database is the trouble of one delivery. */
class DamagedDeliveriesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final UUID damaged = alice.webhook(receiver.url("/damaged"));
    private final UUID sound = alice.webhook(receiver.url("/sound"));
    private UUID first;
    private UUID other;

    /** The damaged one has waited longest. */
    @BeforeEach
    void haveSomethingDue() {
        first = alice.event(damaged);
        flow.clock().advance(Duration.ofMillis(1));
        other = alice.event(sound);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private void onlyTheDamagedFails() {
        flow.deliverDue();

        assertThat(alice.status(other)).isEqualTo("delivered");
        assertThat(alice.status(first)).isEqualTo("pending");
        assertThat(alice.attempts(first)).containsExactly("broken");
        flow.clock().advance(Duration.ofMinutes(1));
        flow.deliverDue();
        assertThat(alice.attempts(first)).containsExactly("broken", "broken");
    }

    @Test
    void a_secret_that_cannot_be_opened_stops_nobody_else() {
        alice.update("update webhook_secrets set secret = 'x' where webhook_id = ?", damaged);

        onlyTheDamagedFails();
        assertThat(receiver.received("/damaged")).isEmpty();
    }

    @Test
    void headers_that_cannot_be_opened_stop_nobody_else() {
        alice.update("update webhooks set headers = 'x' where id = ?", damaged);

        onlyTheDamagedFails();
        assertThat(receiver.received("/damaged")).isEmpty();
    }

    @Test
    void an_event_of_a_type_that_nobody_knows_stops_nothing_else() {
        UUID same = alice.event(damaged);
        alice.update(
                "update events set type = 'post.of_tomorrow' where id = (select event_id from deliveries where id = ?)",
                first);

        onlyTheDamagedFails();
        assertThat(alice.status(same)).isEqualTo("delivered");
    }

    @Test
    void what_has_lost_its_event_does_not_hold_up_what_comes_after_it() {
        flow.deliverDue();
        for (int i = 0; i < 2 * Deliverer.WEBHOOKS_AT_ONCE; i++) {
            UUID webhook = alice.webhook(receiver.url("/orphaned"));
            alice.update("delete from webhook_events where webhook_id = ?", webhook);
            alice.deliver(webhook, flow.installation().ids().next().toString());
        }
        flow.clock().advance(Duration.ofMillis(1));
        UUID last = alice.event(sound);

        flow.deliverDue();

        assertThat(alice.status(last)).isEqualTo("delivered");
    }
}
