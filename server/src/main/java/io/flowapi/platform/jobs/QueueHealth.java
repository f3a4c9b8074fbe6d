package io.flowapi.platform.jobs;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whether due jobs are being taken. */
public final class QueueHealth {

    private static final Duration HEARTBEAT_AGE_MAX = Duration.ofSeconds(30);
    private static final Duration OLDEST_DUE_MAX = Duration.ofMinutes(5);

    private final Database database;
    private final JobQueue queue;
    private final ServerClock clock;

    public QueueHealth(Database database, JobQueue queue, ServerClock clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
    }

    /** The clocks agree, the queue can be asked, a worker lives, and the oldest due job is younger than the bound. */
    public boolean ok() {
        return clock.agrees() && database.read(this::ok);
    }

    private boolean ok(Handle tx) {
        Instant now = clock.instant();
        Optional<Instant> beat = queue.lastHeartbeat(tx);
        Optional<Instant> oldest = queue.oldestReady(tx);
        return beat.filter(at -> at.isAfter(now.minus(HEARTBEAT_AGE_MAX))).isPresent()
                && oldest.filter(at -> at.isBefore(now.minus(OLDEST_DUE_MAX))).isEmpty();
    }
}
