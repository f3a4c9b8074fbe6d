package io.flowapi.webhooks;

import io.flowapi.platform.jobs.Expiring;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The deliveries table with the attempts, for those whose time is over: that of their events. */
public final class OldDeliveryStore implements Expiring {

    static final int AT_ONCE = 200;

    @Override
    public String kind() {
        return "purge_deliveries";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    /** Not what is still being tried, but what waits for a webhook to be enabled. */
    @Override
    public int purge(Handle tx, Instant before, int limit) {
        // Ids of version 7 begin with their time: the primary key finds the oldest.
        UUID first = new UUID(before.toEpochMilli() << 16, 0);
        return tx.createUpdate("""
                        delete from deliveries
                        where id in (
                          select d.id from deliveries d
                          where d.id < :first
                            and (d.status <> 'pending'
                              or exists (select 1 from webhooks w where w.id = d.webhook_id and w.status = 'disabled'))
                          order by d.id
                          limit :limit)
                        """).bind("first", first).bind("limit", limit).execute();
    }
}
