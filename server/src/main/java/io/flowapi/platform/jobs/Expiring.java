package io.flowapi.platform.jobs;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What is kept for a time, and then forgotten by {@link Purge}. */
public interface Expiring {

    /** The stable name of the job that forgets it. */
    String kind();

    /** How many are forgotten in one transaction: few enough that nobody who writes waits for long. */
    int atOnce();

    /** Forgets the oldest, at most so many, and says how many those were. */
    int purge(Handle tx, Instant before, int limit);
}
