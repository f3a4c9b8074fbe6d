package io.flowapi.platform.jobs;

import java.util.Set;

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
     * {@link JobQueue#reschedule}. Work that throws is run again later.
     */
    void run(Claim claim);
}
