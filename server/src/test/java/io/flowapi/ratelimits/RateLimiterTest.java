package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The limiter in memory with its log, under a clock that moves while it decides: {@code -Dflow.test.seed} draws the same
 * limits and requests again, {@code -Dflow.test.schedules} sets how many there are, {@code -Dflow.test.evidence} names a file
 * for the figures.
 */
@Tag("one-database")
class RateLimiterTest {

    private static final int THREADS = 16;

    @TempDir
    Path directory;

    @Test
    void no_window_has_more_than_its_limit_and_retry_after_is_the_first_second_that_passes() throws IOException {
        long seed = Long.getLong("flow.test.seed", System.nanoTime());
        int count = Integer.getInteger("flow.test.schedules", 10_000);
        System.out.println("rate limits with -Dflow.test.seed=" + seed + " -Dflow.test.schedules=" + count);

        RandomSchedule.Clock clock = new RandomSchedule.Clock();
        List<String> broken = new ArrayList<>();
        long accepted = 0;
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS);
                RateLimiter limiter = new InMemoryRateLimiter(AcceptedLog.open(directory), clock)) {
            for (long number = seed; number < seed + count; number++) {
                RandomSchedule schedule = new RandomSchedule(number, clock);
                schedule.run(limiter, threads);
                accepted += schedule.accepted();
                note(number, schedule.broken(), broken);
                note(number, schedule.brokenRetryAfter(limiter), broken);
            }
        }

        report(seed, count, accepted, broken.size(), Duration.ofNanos(System.nanoTime() - started));
        assertThat(broken).isEmpty();
    }

    private static void note(long number, String finding, List<String> broken) {
        if (!finding.isEmpty()) {
            broken.add("schedule " + number + ": " + finding);
        }
    }

    private static void report(long seed, int count, long accepted, int findings, Duration took) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", "rate-limits");
        figures.put("date", Instant.now());
        figures.put("seed", seed);
        figures.put("schedules", count);
        figures.put("threads", THREADS);
        figures.put("accepted", accepted);
        figures.put("findings", findings);
        figures.put("seconds", took.toSeconds());
        System.out.println("rate limits: " + Json.text(figures));
        String file = System.getProperty("flow.test.evidence");
        if (file != null) {
            Files.write(Path.of(file), Json.bytes(figures));
        }
    }
}
