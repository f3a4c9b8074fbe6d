package io.flowapi.idempotency;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets stored answers after their day; runs every hour. */
public final class PurgeIdempotencyKeys implements Job {

    private static final String KIND = "purge_idempotency_keys";
    private static final Duration EVERY = Duration.ofHours(1);

    private final Database database;
    private final IdempotencyStore store;
    private final JobQueue queue;
    private final InstantSource clock;

    public PurgeIdempotencyKeys(Database database, IdempotencyStore store, JobQueue queue, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.queue = queue;
        this.clock = clock;
    }

    /** Puts the job into the queue where it is not there yet. */
    public void plan() {
        database.write(tx -> {
            queue.enqueue(tx, Work.maintenance(KIND, "all"), clock.instant());
            return null;
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Claim claim) {
        Instant now = clock.instant();
        database.write(tx -> {
            store.purge(tx, now.minus(Idempotency.KEPT));
            queue.reschedule(tx, claim, now.plus(EVERY));
            return null;
        });
    }
}
