package io.flowapi.providers;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a server that has failed: how often in a row, and after five times until when it is left alone.
 * Then one call is a trial. A server that answers is forgotten, so that each streak begins anew.
 *
 * @param until when the next trial may be; null while calls are made as always
 * @param trying whether a trial is under way
 */
record CircuitBreaker(int failures, @Nullable Instant until, boolean trying) {

    static final int FAILURES_MAX = 5;

    static final Duration OPEN_FOR = Duration.ofMinutes(1);

    /** Longer than any call: whoever was to make the trial and has not told how it went will not tell any more. */
    static final Duration TRIAL_MAX = Duration.ofMinutes(1);

    private static final Duration TRIAL_LOOK_AGAIN = Duration.ofSeconds(5);

    /** In the order of how bad they are: the figure is the ordinal. */
    enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    static CircuitBreaker unused() {
        return new CircuitBreaker(0, null, false);
    }

    State state(Instant now) {
        if (until == null) {
            return State.CLOSED;
        }
        return trying || !now.isBefore(until) ? State.HALF_OPEN : State.OPEN;
    }

    /** How long to wait before asking again; zero for a call that may be made. */
    Duration patience(Instant now) {
        if (until == null || !now.isBefore(until)) {
            return Duration.ZERO;
        }
        // A clock that was set back makes nobody wait for longer.
        Duration most = trying ? TRIAL_LOOK_AGAIN : OPEN_FOR;
        Duration left = Duration.between(now, until);
        return left.compareTo(most) < 0 ? left : most;
    }

    /** A call that may be made begins: on a server that was left alone it is the trial. */
    CircuitBreaker called(Instant now) {
        return until == null ? this : new CircuitBreaker(failures, now.plus(TRIAL_MAX), true);
    }

    /** Failures of calls that were under way when it opened change nothing. */
    CircuitBreaker failed(Instant now) {
        if (state(now) == State.OPEN) {
            return this;
        }
        boolean open = until != null || failures + 1 >= FAILURES_MAX;
        return new CircuitBreaker(failures + 1, open ? now.plus(OPEN_FOR) : null, false);
    }
}
