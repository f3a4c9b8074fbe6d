package io.flowapi.platform.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The time of a server. Several share what is due in one PostgreSQL, so there it is the time of the database: that of the
 * machine, corrected by what was measured between the two. The machine's goes on while a process or a machine sleeps, which
 * the JVM's nanoseconds may not.
 */
public final class ServerClock implements InstantSource, AutoCloseable {
    private static final Logger LOG = System.getLogger(ServerClock.class.getName());
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(5);

    /** More than a clock that is slowly put right gains on the nanoseconds between two measurements. */
    private static final Duration JUMP_MIN = Duration.ofMillis(100);

    private static final ClockSkew NONE = new ClockSkew(Duration.ZERO, Duration.ZERO);

    private final InstantSource machine;
    private final Supplier<ClockSkew> measurement;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Measured last;

    /** What holds since when. */
    private record Measured(ClockSkew skew, Instant at, long nanos) {}

    private ServerClock(InstantSource machine, Supplier<ClockSkew> measurement) {
        this.machine = machine;
        this.measurement = measurement;
        last = new Measured(NONE, machine.instant(), System.nanoTime());
    }

    /** This time, as it is. */
    public static ServerClock given(InstantSource clock) {
        return new ServerClock(clock, () -> NONE);
    }

    /** The time of a machine, measured now, again and again until this is closed, and when the machine's clock was set. */
    public static ServerClock corrected(InstantSource machine, Database database) {
        if (database.engine() == Engine.SQLITE) {
            return given(machine);
        }
        ServerClock clock = new ServerClock(machine, () -> ClockSkew.measured(database, machine));
        clock.measure();
        Thread.ofVirtual().name("clock").start(clock::measureUntilClosed);
        return clock;
    }

    /** What is stored has milliseconds; what is answered before it is stored must have no more. */
    @Override
    public Instant instant() {
        return machine.instant().minus(last.skew().ahead()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** What the machine's clock is corrected by. */
    public Duration skew() {
        return last.skew().ahead();
    }

    /** Whether anything may be done by this time. A machine whose clock was set is measured first. */
    public boolean agrees() {
        if (jumped()) {
            measure();
        }
        return !last.skew().tooFar();
    }

    private boolean jumped() {
        Measured since = last;
        Duration passed = Duration.ofNanos(System.nanoTime() - since.nanos());
        Duration shown = Duration.between(since.at(), machine.instant());
        return shown.minus(passed).abs().compareTo(JUMP_MIN) > 0;
    }

    private synchronized void measure() {
        // Noted before: what is set while it is measured has jumped afterwards.
        Instant at = machine.instant();
        long nanos = System.nanoTime();
        ClockSkew before = last.skew();
        ClockSkew measured = measurement.get();
        ClockSkew now = measured.contradicts(before) ? measured : before;
        last = new Measured(now, at, nanos);
        if (now.tooFar() && !before.tooFar()) {
            LOG.log(
                    Level.WARNING,
                    now + ": nothing is taken from the queue here until they agree. Let NTP set the clocks of both.");
        } else if (before.tooFar() && !now.tooFar()) {
            LOG.log(Level.WARNING, "the clocks of this machine and of the database agree again");
        }
    }

    private void measureUntilClosed() {
        try {
            while (!closed.await(MEASURED_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                try {
                    measure();
                } catch (RuntimeException gone) {
                    LOG.log(Level.DEBUG, "The clock goes on with what was measured before.", gone);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
