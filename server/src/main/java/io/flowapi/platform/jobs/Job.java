package io.flowapi.platform.jobs;

import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One kind of work that a worker takes from the queue. */
public interface Job {

    /** The stable name in the {@code kind} column. */
    String kind();

    /** The lanes that jobs of this kind may stand in. */
    default Set<String> lanes() {
        return Set.of(Work.MAINTENANCE);
    }

    /**
     * Does the work and ends it in the transaction of its result, with {@link JobQueue#complete} or
     * {@link JobQueue#reschedule}. Work that throws is run again later, for a day.
     */
    void run(Claim claim);

    /**
     * Says truthfully what became of the subject, in the transaction that takes the job out of the queue: it has failed by
     * faults for a day, and is not run again unless a person wants it.
     */
    default void gaveUp(Handle tx, Claim claim) {}
}
