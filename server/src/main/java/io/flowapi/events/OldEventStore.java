package io.flowapi.events;

import io.flowapi.platform.jobs.Expiring;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The events table, for those whose time is over. */
public final class OldEventStore implements Expiring {

    static final int AT_ONCE = 500;

    @Override
    public String kind() {
        return "purge_events";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    /** None that is still on its way to somebody. */
    @Override
    public int purge(Handle tx, Instant before, int limit) {
        // Ids of version 7 begin with their time: the primary key finds the oldest.
        UUID first = new UUID(before.toEpochMilli() << 16, 0);
        return tx.createUpdate("""
                        delete from events
                        where id in (
                          select e.id from events e
                          where e.id < :first
                            and not exists (
                              select 1 from deliveries d where d.event_id = e.id and d.status = 'pending')
                          order by e.id
                          limit :limit)
                        """).bind("first", first).bind("limit", limit).execute();
    }
}
