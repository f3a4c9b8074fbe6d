package io.flowapi.webhooks;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets deliveries with their attempts, when the time of their events is over; runs as often as that of the events. */
public final class PurgeDeliveries implements Job {

    private static final String KIND = "purge_deliveries";
    private static final Duration EVERY = Duration.ofHours(1);

    /** Few enough that nobody who writes waits for long: each has up to ten attempts. */
    static final int AT_ONCE = 200;

    private final Database database;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Duration kept;
    private final OldDeliveryStore store = new OldDeliveryStore();

    public PurgeDeliveries(Database database, JobQueue queue, InstantSource clock, Duration kept) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.kept = kept;
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
            boolean more = store.purge(tx, now.minus(kept), AT_ONCE) == AT_ONCE;
            queue.reschedule(tx, claim, more ? now : now.plus(EVERY));
            return null;
        });
    }
}
