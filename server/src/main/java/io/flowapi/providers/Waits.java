package io.flowapi.providers;

import java.time.Duration;
import java.time.Instant;

/** How long to wait where a network has not said so. */
public final class Waits {

    private static final Duration SEND_MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;
    private static final Duration LOOK_MIN = Duration.ofSeconds(2);
    private static final Duration LOOK_MAX = Duration.ofMinutes(10);

    private Waits() {}

    /** Before sending what did not leave. */
    public static Duration afterNotSent(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempt, DOUBLINGS_MAX));
        return doubled.compareTo(SEND_MAX) < 0 ? doubled : SEND_MAX;
    }

    /** A second, 8, 64, and then 512: a server that takes no writes gets ten minutes to recover. */
    public static Duration afterAbsence(int attempt) {
        return Duration.ofSeconds(1L << 3 * Math.min(attempt - 1, 3));
    }

    /** Half as long again as it has been unknown: the number of calls stays small however long it lasts. */
    public static Duration beforeLookingAgain(Instant sent, Instant now) {
        Duration wait = Duration.between(sent, now).dividedBy(2);
        if (wait.compareTo(LOOK_MIN) < 0) {
            return LOOK_MIN;
        }
        return wait.compareTo(LOOK_MAX) < 0 ? wait : LOOK_MAX;
    }
}
