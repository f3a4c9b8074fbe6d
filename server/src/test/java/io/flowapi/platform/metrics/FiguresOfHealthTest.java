package io.flowapi.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.Scrape;
import io.flowapi.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the figures say when something does not work: they are wanted most then. */
class FiguresOfHealthTest {

    @Test
    void the_status_follows_the_health_of_the_parts() {
        Flow flow = new Flow();
        flow.start();
        try {
            Scrape degraded = flow.scrape();
            flow.runDueJobs();
            Scrape healthy = flow.scrape();
            flow.installation().database().close();
            Scrape unhealthy = flow.scrape();

            assertIs(degraded, "degraded");
            assertThat(degraded.sum("flow_health_check", "check", "queue")).isZero();
            assertIs(healthy, "healthy");
            assertThat(healthy.sum("flow_health_check")).isEqualTo(3);
            assertIs(unhealthy, "unhealthy");
            assertThat(unhealthy.sum("flow_health_check", "check", "database")).isZero();
            assertThat(unhealthy.has("flow_queue_jobs")).isFalse();
            assertThat(unhealthy.sum("flow_build_info")).isEqualTo(1);
        } finally {
            flow.stop();
        }
    }

    private static void assertIs(Scrape scrape, String status) {
        assertThat(scrape.sum("flow_health_status", "status", status)).isEqualTo(1);
        assertThat(scrape.sum("flow_health_status")).isEqualTo(1);
    }

    @Test
    void figures_are_read_though_something_that_is_asked_hangs_and_no_old_answer_is_shown() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        TestClock clock = new TestClock();
        Metrics metrics = new Metrics(clock);
        StringBuilder shown = new StringBuilder();
        metrics.ask(
                "hanging",
                () -> {
                    if (asked.incrementAndGet() > 1) {
                        never.await();
                    }
                    return "answer";
                },
                answer -> shown.append(answer).append(' '));
        try {
            metrics.text();
            metrics.text();
            clock.advance(Duration.ofSeconds(1));
            metrics.text();
            clock.advance(Duration.ofSeconds(1));
            metrics.text();

            assertThat(shown).hasToString("answer null null ");
            assertThat(asked)
                    .as("asked at most once a second, and never twice at a time")
                    .hasValue(2);
        } finally {
            never.countDown();
            metrics.close();
        }
    }
}
