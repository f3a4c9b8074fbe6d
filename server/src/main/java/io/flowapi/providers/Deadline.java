package io.flowapi.providers;

import java.time.Duration;
import java.util.Optional;

/** How long a chain of calls may take in total, and each of them. */
public record Deadline(long endNanos) {

    private static final Duration CALL_MAX = Duration.ofSeconds(10);

    /** With less than this a call would be broken off after it was sent, which is worse than not sending it. */
    private static final Duration CALL_MIN = Duration.ofSeconds(1);

    public static Deadline in(Duration total) {
        return new Deadline(System.nanoTime() + total.toNanos());
    }

    /** What the next call may take; nothing when it should not be made any more. */
    public Optional<Duration> nextCall() {
        Duration left = left();
        if (left.compareTo(CALL_MIN) < 0) {
            return Optional.empty();
        }
        return Optional.of(left.compareTo(CALL_MAX) < 0 ? left : CALL_MAX);
    }

    public Duration left() {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }
}
