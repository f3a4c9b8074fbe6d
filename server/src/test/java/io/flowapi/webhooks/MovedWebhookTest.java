package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the old URL does says nothing of the new one. */
class MovedWebhookTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final UUID webhook = alice.webhook(receiver.url("/old"));

    @AfterEach
    void close() {
        receiver.close();
    }

    private void move() {
        alice.caller()
                .patch("/v1/webhooks/" + webhook, "{\"url\":\"" + receiver.url("/new") + "\"}")
                .expect(200);
    }

    /** The owner moves it while an attempt to the old URL is under way. */
    private UUID movedMeanwhile(int status) {
        receiver.answers(attempt -> {
            if (attempt.path().equals("/old")) {
                move();
                return Reply.status(status);
            }
            return Reply.status(204);
        });
        UUID delivery = alice.event(webhook);
        flow.deliverDue();
        return delivery;
    }

    @Test
    void an_old_url_that_is_gone_does_not_disable_the_new_one() {
        UUID delivery = movedMeanwhile(410);

        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("enabled");
        assertThat(alice.attempts(delivery)).containsExactly("410 status");
        flow.clock().advance(Duration.ofMinutes(1));
        flow.deliverDue();
        assertThat(alice.attempts(delivery)).containsExactly("410 status", "204");
    }

    @Test
    void a_failure_of_the_old_url_is_none_of_the_new_one() {
        movedMeanwhile(500);

        assertThat(alice.column("webhooks", "failing_since", webhook)).isEqualTo("null");
    }

    @Test
    void a_success_of_the_old_url_does_not_make_the_new_one_work() {
        receiver.answers(attempt -> {
            move();
            alice.update("update webhooks set failing_since = 1 where id = ?", webhook);
            return Reply.status(200);
        });
        alice.event(webhook);
        flow.deliverDue();

        assertThat(alice.column("webhooks", "failing_since", webhook)).isEqualTo("1");
    }

    @Test
    void a_new_url_has_five_days_of_its_own() {
        receiver.answers(Reply.status(500));
        alice.event(webhook);
        flow.deliverDue();
        assertThat(alice.column("webhooks", "failing_since", webhook)).isNotEqualTo("null");

        alice.caller()
                .patch("/v1/webhooks/" + webhook, "{\"description\":\"x\"}")
                .expect(200);
        assertThat(alice.column("webhooks", "failing_since", webhook)).isNotEqualTo("null");
        move();
        assertThat(alice.column("webhooks", "failing_since", webhook)).isEqualTo("null");

        flow.clock().advance(DeliveryOutcomes.FAILING_MAX);
        flow.deliverDue();
        assertThat(receiver.received("/new")).hasSize(1);
        assertThat(alice.column("webhooks", "status", webhook)).isEqualTo("enabled");
    }

    @Test
    void a_fault_of_ours_is_no_failure_of_the_receiver() {
        alice.update("update webhook_secrets set secret = 'x' where webhook_id = ?", webhook);
        UUID delivery = alice.event(webhook);
        flow.deliverDue();

        assertThat(alice.attempts(delivery)).containsExactly("broken");
        assertThat(alice.column("webhooks", "failing_since", webhook)).isEqualTo("null");
    }
}
