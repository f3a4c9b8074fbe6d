package io.flowapi.providers;

import io.flowapi.api.model.QuotaWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The channel_quotas table. */
final class QuotaStore {

    private static final int WINDOWS_MAX = 20;

    /** Nothing for a channel that was deleted meanwhile. */
    void put(Handle tx, UUID channel, QuotaWindow window) {
        tx.createUpdate("""
                        insert into channel_quotas (channel_id, name, max_sends, remaining, resets_at, observed_at)
                        select id, :name, :limit, :remaining, :resetAt, :observedAt from channels where id = :channel
                        on conflict (channel_id, name) do update
                        set max_sends = excluded.max_sends, remaining = excluded.remaining,
                            resets_at = excluded.resets_at, observed_at = excluded.observed_at
                        """)
                .bind("channel", channel)
                .bind("name", window.name())
                .bind("limit", window.limit())
                .bind("remaining", window.remaining())
                .bind("resetAt", window.resetAt())
                .bind("observedAt", window.observedAt())
                .execute();
    }

    List<QuotaWindow> list(Handle tx, UUID channel) {
        return tx.createQuery("""
                        select name, max_sends, remaining, resets_at, observed_at
                        from channel_quotas
                        where channel_id = :channel
                        order by observed_at desc, name
                        limit :limit
                        """)
                .bind("channel", channel)
                .bind("limit", WINDOWS_MAX)
                .map(row -> new QuotaWindow(
                        row.getColumn("name", String.class),
                        row.getColumn("max_sends", Long.class),
                        row.getColumn("remaining", Long.class),
                        row.getColumn("resets_at", Instant.class),
                        row.getColumn("observed_at", Instant.class)))
                .list();
    }

    /** When the last of the limits that are used up begins anew. */
    Optional<Instant> usedUpUntil(Handle tx, UUID channel, Instant now) {
        return tx.createQuery("""
                        select max(resets_at) as until
                        from channel_quotas
                        where channel_id = :channel and remaining = 0 and resets_at > :now
                        """)
                .bind("channel", channel)
                .bind("now", now)
                .map(row -> Optional.ofNullable(row.getColumn("until", Instant.class)))
                .one();
    }
}
