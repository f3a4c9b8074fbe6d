package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** One installation, over the lives of its servers. */
final class RestartedServer implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final String run;
    private final Path data;
    private final Map<String, String> environment;
    private ServerProcess process;
    private volatile Api api;

    private RestartedServer(String run, String key, Path data, Map<String, String> environment) {
        this.run = run;
        this.data = data;
        this.environment = environment;
        process = ServerProcess.start(data, environment);
        api = new Api(process.url(), process.told(key));
    }

    /**
     * @param run what a failure is reported with
     * @param key which of the two that a first start makes: {@code test key} or {@code live key}
     */
    static RestartedServer firstStart(String run, String key, Path data, Map<String, String> environment) {
        return new RestartedServer(run, key, data, environment);
    }

    /** Where it can be reached; nobody answers between two lives. */
    Api api() {
        return api;
    }

    ServerProcess process() {
        return process;
    }

    /** SIGKILL after it has lived so long, and the next start. */
    Restart killAfter(Duration life) {
        assertThat(process.ends(life))
                .as(() -> run + ": ended by itself: " + process.errors())
                .isFalse();
        process.close();
        return restart();
    }

    /** The next start, after the process has ended. */
    Restart restart() {
        Instant died = Instant.now();
        process = ServerProcess.start(data, environment);
        api = api.at(process);
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (!api.ready()) {
            assertThat(System.nanoTime())
                    .as("%s: not ready in %s", run, READY_MAX)
                    .isLessThan(deadline);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return new Restart(died, Instant.now());
    }

    @Override
    public void close() {
        process.close();
    }
}
