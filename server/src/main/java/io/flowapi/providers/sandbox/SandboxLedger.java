package io.flowapi.providers.sandbox;

import io.flowapi.api.model.SandboxBehaviour;
import io.flowapi.platform.http.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The sandbox_posts table: what the network shows. It takes what it is told, as often as it is told. */
public final class SandboxLedger {

    /** Takes a request; false when it was voided before. */
    boolean append(Handle tx, SandboxEntry entry, int attempt) {
        if (!first(tx, entry.targetId(), attempt, entry.id())) {
            return false;
        }
        tx.createUpdate("""
                        insert into sandbox_posts (id, channel_id, target_id, content, created_at)
                        values (:id, :channelId, :targetId, :content, :createdAt)
                        """)
                .bind("id", entry.id())
                .bind("channelId", entry.channelId())
                .bind("targetId", entry.targetId())
                .bind("content", entry.content())
                .bind("createdAt", entry.createdAt())
                .execute();
        return true;
    }

    /** True when the request was never taken, and now never will be; waits for one that is just being taken. */
    boolean neverTaken(Handle tx, UUID targetId, int attempt) {
        return first(tx, targetId, attempt, null)
                || tx.createQuery("""
                                select count(*) as n from sandbox_requests
                                where target_id = :targetId and attempt = :attempt and entry_id is null
                                """)
                                .bind("targetId", targetId)
                                .bind("attempt", attempt)
                                .map(row -> row.getColumn("n", Integer.class))
                                .one()
                        > 0;
    }

    private static boolean first(Handle tx, UUID targetId, int attempt, @Nullable UUID entry) {
        return tx.createUpdate("""
                                insert into sandbox_requests (target_id, attempt, entry_id)
                                values (:targetId, :attempt, :entry)
                                on conflict (target_id, attempt) do nothing
                                """)
                        .bind("targetId", targetId)
                        .bind("attempt", attempt)
                        .bindByType("entry", entry, UUID.class)
                        .execute()
                > 0;
    }

    Optional<SandboxEntry> byTarget(Handle tx, UUID targetId) {
        return tx.createQuery("""
                        select id, channel_id, target_id, content, created_at
                        from sandbox_posts
                        where target_id = :targetId
                        order by created_at
                        limit 1
                        """)
                .bind("targetId", targetId)
                .map(SandboxLedger::entry)
                .findOne();
    }

    /** What the network does with the posts of a channel that ask for nothing else. */
    Optional<SandboxScript> script(Handle tx, UUID channelId) {
        return tx.createQuery("select sandbox_behaviour from channels where id = :id and sandbox_behaviour is not null")
                .bind("id", channelId)
                .map(row -> SandboxBehaviour.of(row.getColumn("sandbox_behaviour", String.class)))
                .findOne()
                .flatMap(SandboxScript::of);
    }

    void remove(Handle tx, UUID targetId) {
        tx.createUpdate("delete from sandbox_posts where target_id = :targetId")
                .bind("targetId", targetId)
                .execute();
    }

    /** The timeline of a channel, newest first, older than the position. */
    public List<SandboxEntry> timeline(Handle tx, UUID channelId, Position after, int limit) {
        return tx.createQuery("""
                        select id, channel_id, target_id, content, created_at
                        from sandbox_posts
                        where channel_id = :channelId and (created_at, id) < (:createdAt, :id)
                        order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("channelId", channelId)
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .map(SandboxLedger::entry)
                .list();
    }

    private static SandboxEntry entry(RowView row) {
        return new SandboxEntry(
                row.getColumn("id", UUID.class),
                row.getColumn("channel_id", UUID.class),
                row.getColumn("target_id", UUID.class),
                row.getColumn("content", String.class),
                row.getColumn("created_at", Instant.class));
    }
}
