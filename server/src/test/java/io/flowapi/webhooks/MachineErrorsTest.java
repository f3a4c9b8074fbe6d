package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A machine that has no memory left for a moment, wherever it is needed just then. */
class MachineErrorsTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final UUID webhook = alice.webhook(receiver.url("/hooks"));

    @AfterEach
    void close() {
        receiver.close();
    }

    /** Has no memory for the time, once. */
    private static InstantSource failingOnce(BooleanSupplier here) {
        AtomicBoolean failed = new AtomicBoolean();
        return () -> {
            if (here.getAsBoolean() && failed.compareAndSet(false, true)) {
                throw new OutOfMemoryError("planted");
            }
            return flow.clock().instant();
        };
    }

    private static Deliverer deliverer(InstantSource clock) {
        var installation = flow.installation();
        return Deliverer.of(
                new Deliverer.Surroundings(
                        installation.background(),
                        installation.events(),
                        installation.vault(),
                        installation.ids(),
                        ServerClock.given(clock),
                        new Metrics(flow.clock())),
                new UrlGuard(GuardPolicy.development(List.of()), _ -> List.of()),
                FaultReports.none());
    }

    @Test
    void an_error_in_an_attempt_is_a_failed_attempt() {
        UUID delivery = alice.event(webhook);
        try (Deliverer deliverer = deliverer(failingOnce(() -> inside(AttemptSender.class)))) {
            deliverer.deliverDue();
            assertThat(alice.attempts(delivery)).containsExactly("broken");

            flow.clock().advance(Duration.ofMinutes(1));
            deliverer.deliverDue();
            assertThat(alice.attempts(delivery)).containsExactly("broken", "204");
        }
    }

    @Test
    void an_error_when_an_attempt_is_written_is_a_failed_attempt() {
        UUID delivery = alice.event(webhook);
        try (Deliverer deliverer = deliverer(failingOnce(() -> inside(DeliveryOutcomes.class)))) {
            deliverer.deliverDue();
        }

        assertThat(alice.attempts(delivery)).containsExactly("broken");
    }

    private static boolean inside(Class<?> part) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(part.getName())));
    }

    @Test
    void an_error_where_deliveries_are_taken_ends_nothing() {
        UUID delivery = alice.event(webhook);
        try (Deliverer deliverer = deliverer(failingOnce(MachineErrorsTest::isTheLoop))) {
            deliverer.start();

            Await.within(WITHIN, () -> alice.status(delivery).equals("delivered"));
        }
    }

    private static boolean isTheLoop() {
        return Thread.currentThread().getName().equals("flow-deliverer");
    }
}
