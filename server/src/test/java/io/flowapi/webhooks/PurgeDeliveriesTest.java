package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries are kept for as long as events are, and no longer, but for those that are still tried. */
class PurgeDeliveriesTest {

    @RegisterExtension
    static final Flow flow = new Flow(Map.of("FLOW_EVENT_RETENTION_DAYS", "2"));

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final UUID webhook = alice.webhook(receiver.url("/hooks"));

    @AfterEach
    void close() {
        receiver.close();
    }

    private static void purge() {
        JobQueue queue = new JobQueue(flow.installation().ids());
        flow.installation().database().write(tx -> {
            for (String kind : List.of("purge_deliveries", "purge_events")) {
                queue.enqueue(tx, Work.maintenance(kind, "all"), flow.clock().instant());
            }
            return true;
        });
        flow.runDueJobs();
    }

    private static long count(String table) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void what_has_ended_is_forgotten_with_its_attempts_and_what_is_still_tried_is_kept_with_its_event() {
        alice.event(webhook);
        flow.deliverDue();
        receiver.answers(Reply.status(500));
        UUID failing = alice.event(webhook);
        flow.deliverDue();
        flow.clock().advance(Duration.ofDays(2).plusSeconds(1));
        receiver.answers(Reply.status(200));

        purge();

        assertThat(count("deliveries")).isEqualTo(1);
        assertThat(count("delivery_attempts")).isEqualTo(1);
        assertThat(alice.status(failing)).isEqualTo("pending");
        flow.deliverDue();
        assertThat(alice.attempts(failing)).containsExactly("500 status", "200");
        purge();
        assertThat(count("deliveries") + count("delivery_attempts") + count("events"))
                .isZero();
    }

    @Test
    void nothing_waits_for_ever_for_a_webhook_that_stays_disabled() {
        receiver.answers(Reply.status(410));
        UUID delivery = alice.event(webhook);
        flow.deliverDue();
        flow.clock().advance(Duration.ofDays(1));
        purge();
        assertThat(alice.status(delivery)).isEqualTo("pending");
        flow.clock().advance(Duration.ofDays(2));

        purge();

        assertThat(count("deliveries")).isZero();
    }

    @Test
    void very_many_are_forgotten_in_many_transactions() {
        IntStream.range(0, OldDeliveryStore.AT_ONCE + 1)
                .forEach(_ ->
                        alice.deliver(webhook, flow.installation().ids().next().toString()));
        flow.deliverDue();
        flow.clock().advance(Duration.ofDays(3));

        purge();

        assertThat(count("deliveries")).isZero();
    }
}
