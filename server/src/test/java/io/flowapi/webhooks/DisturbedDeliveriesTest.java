package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers that hang, and servers that are held up or die. What is asked is who comes out, not when. */
class DisturbedDeliveriesTest {

    /** Shorter than an attempt that hangs: nobody waits for one to end. */
    private static final Duration WITHIN = Duration.ofSeconds(9);

    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    /** A server beside the one under test. */
    static Deliverer deliverer(Flow flow, UrlGuard guard, Duration attempt, Duration stop) {
        return deliverer(flow, guard, new Deliverer.Limits(attempt, stop, Deliverer.LIMITS.places()));
    }

    static Deliverer deliverer(Flow flow, UrlGuard guard, Deliverer.Limits limits) {
        var installation = flow.installation();
        return Deliverer.of(
                new Deliverer.Surroundings(
                        installation.background(),
                        installation.events(),
                        installation.vault(),
                        installation.ids(),
                        installation.clock(),
                        new Metrics(flow.clock())),
                guard,
                FaultReports.none(),
                limits);
    }

    private static UrlGuard anywhere() {
        return new UrlGuard(GuardPolicy.development(List.of()), _ -> List.of());
    }

    private static Deliverer impatient() {
        return deliverer(flow, anywhere(), SECOND, SECOND);
    }

    /** One that waits longer than a test lasts, and stops at once. */
    private static Deliverer patient() {
        return deliverer(flow, anywhere(), Duration.ofSeconds(30), Duration.ofMillis(1));
    }

    @Test
    void a_webhook_that_hangs_holds_its_own_places_and_no_others() {
        UUID hanging = alice.webhook(receiver.url("/hangs"));
        UUID quick = alice.webhook(receiver.url("/quick"));
        receiver.answers(attempt -> attempt.path().equals("/hangs") ? receiver.hang() : Reply.status(200));
        List<UUID> held = deliveries(hanging, DueDeliveryStore.PLACES + 5);
        try (Deliverer deliverer = impatient()) {
            deliverer.start();
            Await.within(WITHIN, () -> receiver.received("/hangs").size() >= DueDeliveryStore.PLACES);

            List<UUID> others = deliveries(quick, 10);
            deliverer.wake();
            Await.within(WITHIN, () -> others.stream().allMatch(this::isDelivered));
        }
        assertThat(held).noneMatch(this::isDelivered);
    }

    private List<UUID> deliveries(UUID webhook, int many) {
        return IntStream.range(0, many).mapToObj(_ -> alice.event(webhook)).toList();
    }

    private boolean isDelivered(UUID delivery) {
        return alice.status(delivery).equals("delivered");
    }

    @Test
    void no_more_than_its_places_are_under_way_to_one_webhook_however_many_servers_there_are() {
        UUID hanging = alice.webhook(receiver.url("/hangs"));
        receiver.answers(attempt -> attempt.path().equals("/hangs") ? receiver.hang() : Reply.status(200));
        deliveries(hanging, 3 * DueDeliveryStore.PLACES);
        try (Deliverer one = patient();
                Deliverer other = patient()) {
            one.start();
            Await.within(WITHIN, () -> receiver.received("/hangs").size() >= DueDeliveryStore.PLACES);
            UUID seen = alice.event(alice.webhook(receiver.url("/quick")));
            other.deliverDue();

            Await.within(WITHIN, () -> isDelivered(seen));
            assertThat(receiver.received("/hangs")).hasSize(DueDeliveryStore.PLACES);
        }
    }

    @Test
    void an_attempt_has_ten_seconds_in_total() {
        assertThat(Deliverer.LIMITS.attempt()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void who_does_not_answer_in_time_is_left_alone_for_a_minute() {
        UUID webhook = alice.webhook(receiver.url("/hangs"));
        receiver.answers(_ -> receiver.hang());
        UUID delivery = alice.event(webhook);
        try (Deliverer deliverer = impatient()) {
            deliverer.deliverDue();
            receiver.answers(Reply.status(200));
            flow.clock().advance(Duration.ofSeconds(59));
            deliverer.deliverDue();
            assertThat(alice.attempts(delivery)).containsExactly("timeout");
            flow.clock().advance(SECOND);
            deliverer.deliverDue();
        }
        assertThat(alice.attempts(delivery)).containsExactly("timeout", "200");
    }

    @Test
    void a_webhook_that_fails_is_tried_by_one_delivery_at_a_time_until_it_works() {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        receiver.answers(Reply.status(500));
        alice.event(webhook);
        flow.deliverDue();
        receiver.answers(Reply.status(200));
        deliveries(webhook, 5);

        assertThat(claimable(webhook)).isEqualTo(DueDeliveryStore.PLACES_WHILE_FAILING);
        flow.deliverDue();

        assertThat(receiver.received()).hasSize(1 + 5);
    }

    private static int claimable(UUID webhook) {
        return flow.installation()
                .database()
                .write(tx -> store().room(tx, webhook, flow.clock().instant()).orElse(0));
    }

    private static DueDeliveryStore store() {
        return new DueDeliveryStore(flow.installation().ids());
    }

    @Test
    void what_a_server_held_that_died_is_delivered_when_its_lease_has_ended() {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        UUID delivery = alice.event(webhook);
        claim(webhook);

        flow.clock().advance(DueDeliveryStore.LEASE.minusSeconds(1));
        flow.deliverDue();
        assertThat(receiver.received()).isEmpty();
        flow.clock().advance(SECOND);
        flow.deliverDue();

        assertThat(alice.attempts(delivery)).containsExactly("204");
    }

    private static void claim(UUID webhook) {
        flow.installation()
                .database()
                .write(tx -> store().claim(tx, webhook, flow.clock().instant(), 8));
    }

    @Test
    void a_server_that_was_held_up_writes_nothing_over_what_another_has_done() {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        receiver.answers(attempt -> {
            if (receiver.received().size() == 1) {
                // While the first is held up, its lease ends, and another takes the delivery.
                flow.clock().advance(DueDeliveryStore.LEASE);
                try (Deliverer other = impatient()) {
                    other.deliverDue();
                }
                return Reply.status(500);
            }
            return Reply.status(200);
        });
        UUID delivery = alice.event(webhook);

        flow.deliverDue();

        assertThat(receiver.received()).hasSize(2);
        assertThat(alice.status(delivery)).isEqualTo("delivered");
        assertThat(alice.attempts(delivery)).containsExactly("200");
    }

    @Test
    void what_a_stop_breaks_off_is_no_attempt_and_goes_out_at_the_next_start() {
        UUID webhook = alice.webhook(receiver.url("/hangs"));
        receiver.answers(_ -> receiver.hang());
        UUID delivery = alice.event(webhook);
        Deliverer stopped = patient();
        stopped.start();
        Await.within(WITHIN, () -> receiver.received().size() == 1);
        stopped.close();

        assertThat(alice.attempts(delivery)).isEmpty();
        receiver.answers(Reply.status(200));
        flow.deliverDue();
        assertThat(alice.attempts(delivery)).containsExactly("200");
    }

    @Test
    void a_webhook_that_is_deleted_meanwhile_takes_everything_with_it() {
        UUID webhook = alice.webhook(receiver.url("/hooks"));
        alice.event(webhook);
        receiver.answers(_ -> {
            alice.update("delete from webhooks where id = ?", webhook);
            return Reply.status(500);
        });

        flow.deliverDue();

        assertThat(receiver.received()).hasSize(1);
    }
}
