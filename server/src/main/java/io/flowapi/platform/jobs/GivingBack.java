package io.flowapi.platform.jobs;

import io.flowapi.platform.db.Database;
import java.time.InstantSource;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives jobs back to the queue. What cannot be given back because the database is gone comes back with it, rather than when
 * its lease ends.
 */
final class GivingBack {

    private static final System.Logger LOG = System.getLogger(GivingBack.class.getName());

    private final Database database;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Queue<Claim> failed = new ConcurrentLinkedQueue<>();
    private final Queue<UUID> unanswered = new ConcurrentLinkedQueue<>();

    GivingBack(Database database, JobQueue queue, InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
    }

    /** A job that failed: now, or else when the database is there again. */
    void retryLater(Claim claim) {
        try {
            retry(claim);
        } catch (RuntimeException gone) {
            LOG.log(System.Logger.Level.INFO, () -> claim.subject() + " comes back with the database", gone);
            failed.add(claim);
        }
    }

    /** A claim that was not answered: it may have been committed, and then nobody runs what it took. */
    void unanswered(UUID taking) {
        unanswered.add(taking);
    }

    /** Everything that could not be given back before. */
    void all() {
        for (UUID taking = unanswered.peek(); taking != null; taking = unanswered.peek()) {
            giveBack(taking);
            unanswered.remove();
        }
        for (Claim claim = failed.peek(); claim != null; claim = failed.peek()) {
            retry(claim);
            failed.remove();
        }
    }

    private void giveBack(UUID taking) {
        database.write(tx -> {
            queue.giveBack(tx, taking);
            return null;
        });
    }

    private void retry(Claim claim) {
        try {
            database.write(tx -> {
                queue.retry(tx, claim, clock.instant().plus(claim.backoff()));
                return null;
            });
        } catch (LeaseLostException lost) {
            LOG.log(System.Logger.Level.INFO, lost.getMessage());
        }
    }
}
