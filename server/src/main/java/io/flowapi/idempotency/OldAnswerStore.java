package io.flowapi.idempotency;

import io.flowapi.platform.jobs.Expiring;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The idempotency_keys table, for those whose day is over. */
public final class OldAnswerStore implements Expiring {

    static final int AT_ONCE = 500;

    @Override
    public String kind() {
        return "purge_idempotency_keys";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public int purge(Handle tx, Instant before, int limit) {
        // The age is asked twice: a key that is used anew meanwhile is not an old one any more.
        return tx.createUpdate("""
                        delete from idempotency_keys
                        where created_at <= :before
                          and (owner, key) in (
                            select owner, key from idempotency_keys
                            where created_at <= :before
                            order by created_at
                            limit :limit)
                        """).bind("before", before).bind("limit", limit).execute();
    }
}
