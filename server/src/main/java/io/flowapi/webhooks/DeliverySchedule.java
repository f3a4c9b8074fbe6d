package io.flowapi.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery is tried again. */
final class DeliverySchedule {

    /** Before each attempt: ten of them, over about three days. */
    static final List<Duration> WAITS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(18),
            Duration.ofHours(22));

    /** What failed together is not tried again together. */
    static final double JITTER = 0.2;

    /** Whoever is too busy to answer is given time to recover. */
    static final Duration BUSY_WAIT_MIN = Duration.ofMinutes(1);

    /** What a receiver may ask for in any case; later in the schedule it may ask for more. */
    static final Duration ASKED_WAIT_MAX = Duration.ofHours(1);

    private final RandomGenerator random;

    DeliverySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait after a failed attempt; empty when it was the last.
     *
     * @param made attempts in this run of the schedule, the failed one among them
     */
    Optional<Duration> after(int made, AttemptResult failed) {
        if (made >= WAITS.size()) {
            return Optional.empty();
        }
        Duration planned = WAITS.get(made);
        Duration wait = jittered(planned);
        if (failed.busy()) {
            wait = longer(wait, BUSY_WAIT_MIN);
        }
        Duration asked = failed.retryAfter();
        if (asked != null) {
            Duration most = longer(planned.multipliedBy(2), ASKED_WAIT_MAX);
            wait = longer(wait, asked.compareTo(most) < 0 ? asked : most);
        }
        return Optional.of(wait);
    }

    private Duration jittered(Duration planned) {
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis((long) (planned.toMillis() * factor));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
