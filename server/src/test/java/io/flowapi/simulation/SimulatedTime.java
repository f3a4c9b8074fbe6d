package io.flowapi.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes, and the clock on the wall that is set forward and back. */
final class SimulatedTime implements InstantSource {

    private static final long START = Instant.parse("2026-11-23T09:30:00Z").toEpochMilli();

    private volatile long passed;
    private volatile long set;
    private volatile long highest = START;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(wall());
    }

    long wall() {
        return START + passed + set;
    }

    /** Milliseconds since the start, whatever the clock says. */
    long passed() {
        return passed;
    }

    /** The latest that the clock ever showed: what was due then may go out. */
    long highest() {
        return highest;
    }

    void passTo(long millis) {
        passed = Math.max(passed, millis);
        highest = Math.max(highest, wall());
    }

    /** Sets the clock on the wall. */
    void jump(Duration by) {
        set += by.toMillis();
        highest = Math.max(highest, wall());
    }
}
