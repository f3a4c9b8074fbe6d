package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who use up a limit while their server is killed, and stopped, and started again: all within one window. */
class RateLimitRestartTest {

    private static final int LIMIT = 900;
    private static final int MORE = 100;
    private static final int CALLERS = 8;
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);

    @TempDir
    Path directory;

    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean restarted;

    @Test
    void a_limit_is_exact_over_a_death_and_a_stop_of_the_server() throws Exception {
        Map<String, String> environment = new HashMap<>(ChosenDatabase.fresh());
        environment.put("FLOW_RATE_LIMIT_DEFAULT", "" + LIMIT);
        try (RestartedServer server =
                        RestartedServer.firstStart("limits", "test key", directory.resolve("data"), environment);
                ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            long started = System.nanoTime();
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> useUp(server)));
            }
            awaitMore();
            server.killAfter(Duration.ZERO);
            int afterTheKill = accepted.get();
            awaitMore();
            server.process().askToStop();
            assertThat(server.process().ends(STOP_MAX)).isTrue();
            server.restart();
            restarted = true;
            for (Future<?> caller : callers) {
                caller.get();
            }

            System.out.printf(
                    "limits over restarts: %d accepted, %d of them before the kill%n", accepted.get(), afterTheKill);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("all of it in one window")
                    .isLessThan(WINDOW);
            assertThat(afterTheKill).isBetween(MORE, LIMIT - 1);
            // Each end of a server can take the answer of one request from each caller.
            assertThat(accepted.get()).isBetween(LIMIT - 2 * CALLERS, LIMIT);
        }
    }

    private void awaitMore() {
        int before = accepted.get();
        Await.within(STOP_MAX, () -> accepted.get() >= before + MORE);
    }

    /** Until it is refused by the last server. */
    private Void useUp(RestartedServer server) throws InterruptedException {
        while (true) {
            boolean last = restarted;
            try {
                int status = server.api().status("/v1/me");
                if (status == 200) {
                    accepted.incrementAndGet();
                } else if (status == 429 && last) {
                    return null;
                }
            } catch (IOException nobodyThere) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
