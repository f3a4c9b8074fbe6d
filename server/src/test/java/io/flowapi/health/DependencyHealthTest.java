package io.flowapi.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.HealthApi;
import io.flowapi.api.model.Health;
import io.flowapi.api.model.HealthCheckStatus;
import io.flowapi.api.model.HealthStatus;
import io.flowapi.testing.Await;
import io.flowapi.testing.TestClock;
import io.helidon.health.HealthCheckResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-database")
class DependencyHealthTest {

    private static final Duration RECOVERED_MAX = Duration.ofSeconds(10);
    private static final int CALLERS = 50;

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch mended = new CountDownLatch(1);

    @Test
    void is_asked_once_a_second_however_many_want_to_know() {
        DependencyHealth health = of(() -> true);

        assertThat(List.of(health.call().status(), health.call().status())).containsOnly(HealthCheckResponse.Status.UP);
        clock.advance(Duration.ofMillis(999));
        health.call();
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        health.call();
        assertThat(asked).hasValue(2);
    }

    @Test
    void is_asked_again_when_the_clock_was_set_back() {
        DependencyHealth health = of(() -> true);
        health.call();

        clock.advance(Duration.ofDays(-1));
        health.call();

        assertThat(asked).hasValue(2);
    }

    @Test
    void says_no_when_it_fails() {
        assertThat(of(() -> false).call().status()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void holds_one_thread_while_it_hangs_and_answers_everybody() throws Exception {
        DependencyHealth health = of(this::hang);

        List<FutureTask<HealthCheckResponse>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            FutureTask<HealthCheckResponse> caller = new FutureTask<>(health::call);
            callers.add(caller);
            Thread.startVirtualThread(caller);
        }
        for (FutureTask<HealthCheckResponse> caller : callers) {
            assertThat(caller.get().status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(health.call().status()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(asked).hasValue(1);

        mended.countDown();
        Await.within(RECOVERED_MAX, () -> {
            clock.advance(Duration.ofSeconds(1));
            return health.call().status() == HealthCheckResponse.Status.UP;
        });
    }

    @Test
    void a_file_system_that_hangs_degrades_and_leaves_the_rest_as_it_is() {
        DependencyHealth fine = of(() -> true);
        HealthApi health = resource(fine, fine, of(this::hang), fine);

        Health answer = ((HealthApi.GetHealthReply.R200) health.getHealth(new HealthApi.GetHealthCall())).body();

        assertThat(answer.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(answer.checks().storage().status()).isEqualTo(HealthCheckStatus.ERROR);
        assertThat(answer.checks().queue().status()).isEqualTo(HealthCheckStatus.OK);
        assertThat(health.getReadiness(new HealthApi.GetReadinessCall()))
                .isInstanceOf(HealthApi.GetReadinessReply.R200.class);
        mended.countDown();
    }

    @Test
    void all_parts_are_asked_side_by_side() {
        CyclicBarrier together = new CyclicBarrier(4);
        BooleanSupplier waitsForTheOthers = () -> {
            try {
                return together.await() >= 0;
            } catch (InterruptedException | BrokenBarrierException stop) {
                return false;
            }
        };

        HealthApi.GetHealthReply answer = resource(
                        of(waitsForTheOthers), of(waitsForTheOthers), of(waitsForTheOthers), of(waitsForTheOthers))
                .getHealth(new HealthApi.GetHealthCall());

        assertThat(answer).isInstanceOf(HealthApi.GetHealthReply.R200.class);
        assertThat(asked).hasValue(4);
    }

    private boolean hang() {
        try {
            mended.await();
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    private DependencyHealth of(BooleanSupplier ok) {
        return new DependencyHealth(
                "part",
                () -> {
                    asked.incrementAndGet();
                    return ok.getAsBoolean();
                },
                clock);
    }

    private HealthResource resource(
            DependencyHealth database, DependencyHealth writing, DependencyHealth storage, DependencyHealth queue) {
        return new HealthResource(
                new HealthResource.Checks(database, writing, storage, queue), () -> false, "1", clock);
    }
}
