package io.flowapi.webhooks;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.webhooks.AttemptResult.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-database")
class DeliveryScheduleTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Draws always the same. */
    private static DeliverySchedule drawing(double drawn) {
        return new DeliverySchedule(new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only doubles are drawn");
            }

            @Override
            public double nextDouble() {
                return drawn;
            }
        });
    }

    private static AttemptResult failed(@Nullable Integer status, Failure failure, @Nullable Duration retryAfter) {
        return new AttemptResult(Instant.EPOCH, Duration.ZERO, status, null, failure, retryAfter);
    }

    private static AttemptResult refused() {
        return failed(500, Failure.STATUS, null);
    }

    @Test
    void ten_attempts_are_spread_over_about_three_days() {
        List<Duration> waits = IntStream.range(1, 10)
                .mapToObj(made -> drawing(0.5).after(made, refused()).orElseThrow())
                .toList();

        assertThat(waits).isEqualTo(DeliverySchedule.WAITS.subList(1, 10));
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofDays(3).minus(HOUR), Duration.ofDays(3).plus(HOUR));
        assertThat(drawing(0.5).after(10, refused())).isEmpty();
    }

    @Test
    void the_page_for_receivers_says_the_same() throws IOException {
        String waits = DeliverySchedule.WAITS.stream()
                .skip(1)
                .map(DeliveryScheduleTest::written)
                .collect(joining(", "))
                .replaceFirst(", ([^,]*)$", " and $1");

        assertThat(Files.readString(Path.of("..", "docs", "webhooks.md")).replaceAll("\\s+", " "))
                .contains("ten times in all, over about three days: at once, and then after " + waits
                        + ", each up to a fifth shorter or longer.");
    }

    private static String written(Duration wait) {
        if (wait.compareTo(HOUR) >= 0) {
            return wait.toHours() + " h";
        }
        return wait.toMinutes() > 0 ? wait.toMinutes() + " min" : wait.toSeconds() + " s";
    }

    @Test
    void a_wait_is_up_to_a_fifth_shorter_or_longer() {
        assertThat(drawing(0).after(4, refused())).contains(Duration.ofMinutes(96));
        assertThat(drawing(1).after(4, refused())).contains(Duration.ofMinutes(144));
    }

    @Test
    void who_is_busy_is_left_alone_for_a_minute() {
        assertThat(drawing(0).after(1, failed(429, Failure.STATUS, null))).contains(Duration.ofMinutes(1));
        assertThat(drawing(0).after(1, failed(null, Failure.TIMEOUT, null))).contains(Duration.ofMinutes(1));
        assertThat(drawing(0.5).after(1, failed(null, Failure.UNREACHABLE, null)))
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void what_is_asked_for_is_waited_for_and_not_less() {
        Duration asked = Duration.ofSeconds(1800);

        assertThat(drawing(0).after(1, failed(429, Failure.STATUS, asked))).contains(asked);
        assertThat(drawing(0).after(1, failed(503, Failure.STATUS, asked))).contains(asked);
        assertThat(drawing(0.5).after(4, failed(503, Failure.STATUS, asked))).contains(HOUR.multipliedBy(2));
    }

    @Test
    void nobody_can_ask_for_more_than_an_hour_or_twice_the_wait() {
        Duration week = Duration.ofDays(7);

        assertThat(drawing(0.5).after(1, failed(429, Failure.STATUS, week))).contains(HOUR);
        assertThat(drawing(0.5).after(4, failed(429, Failure.STATUS, week))).contains(HOUR.multipliedBy(4));
        assertThat(drawing(0.5).after(10, failed(429, Failure.STATUS, week))).isEmpty();
    }
}
