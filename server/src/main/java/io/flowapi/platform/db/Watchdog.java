package io.flowapi.platform.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/** Stops SQLite work that runs past its time; the driver itself ignores query timeouts. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final int LOOKS_PER_LIMIT = 50;

    private final Duration limit;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("db-watchdog").factory());

    private Watchdog(Duration limit) {
        this.limit = limit;
    }

    static Watchdog start(Duration limit) {
        Watchdog watchdog = new Watchdog(limit);
        long pauseNanos = limit.dividedBy(LOOKS_PER_LIMIT).toNanos();
        watchdog.clock.scheduleWithFixedDelay(
                () -> watchdog.watches.forEach(Watch::look), pauseNanos, pauseNanos, TimeUnit.NANOSECONDS);
        return watchdog;
    }

    /** A watch for one thread to time its work with, one after the other. */
    Watch watch() {
        Watch watch = new Watch(limit);
        watches.add(watch);
        return watch;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Interrupting under the lock that {@link #stop} takes is what keeps an interrupt away from the next work. */
    static final class Watch {
        private final Duration limit;
        private @Nullable SQLiteConnection running;
        private long deadlineNanos;
        private boolean expired;

        private Watch(Duration limit) {
            this.limit = limit;
        }

        synchronized void start(SQLiteConnection connection) {
            running = connection;
            deadlineNanos = System.nanoTime() + limit.toNanos();
            expired = false;
        }

        /** Says whether the time was over. No interrupt comes after it returned. */
        synchronized boolean stop() {
            running = null;
            return expired;
        }

        synchronized boolean expired() {
            return expired;
        }

        /** Interrupts at every look, because one that falls between two statements has no effect. */
        private synchronized void look() {
            if (running == null || deadlineNanos - System.nanoTime() > 0) {
                return;
            }
            expired = true;
            try {
                running.getDatabase().interrupt();
            } catch (SQLException refused) {
                LOG.log(Level.ERROR, "Work past its time could not be interrupted.", refused);
            }
        }
    }
}
