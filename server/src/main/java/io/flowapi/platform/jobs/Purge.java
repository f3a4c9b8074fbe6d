package io.flowapi.platform.jobs;

import io.flowapi.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets what is old; runs every hour, and at once again while there is more. */
public final class Purge implements Job {

    private static final Duration EVERY = Duration.ofHours(1);

    private final Database database;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Duration kept;
    private final Expiring expiring;

    public Purge(Database database, JobQueue queue, InstantSource clock, Duration kept, Expiring expiring) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.kept = kept;
        this.expiring = expiring;
    }

    /** Puts the job into the queue where it is not there yet. */
    public void plan() {
        database.write(tx -> {
            queue.enqueue(tx, Work.maintenance(kind(), "all"), clock.instant());
            return null;
        });
    }

    @Override
    public String kind() {
        return expiring.kind();
    }

    @Override
    public void run(Claim claim) {
        Instant now = clock.instant();
        int limit = expiring.atOnce();
        database.write(tx -> {
            boolean more = expiring.purge(tx, now.minus(kept), limit) == limit;
            queue.reschedule(tx, claim, more ? now : now.plus(EVERY));
            return null;
        });
    }
}
