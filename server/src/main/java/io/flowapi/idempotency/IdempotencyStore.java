package io.flowapi.idempotency;

import io.flowapi.platform.http.IdempotencyKey;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The idempotency_keys table. */
public final class IdempotencyStore {

    /** What the first request with a key left; no answer while it is still being worked on. */
    record Kept(String fingerprint, @Nullable String answer) {}

    /**
     * True for the first to come with this key, after its day, or after the one who was working on it went away. Another
     * waits here on PostgreSQL until the first has committed.
     */
    boolean reserve(Handle tx, String owner, IdempotencyKey key, Instant now) {
        return tx.createUpdate("""
                                insert into idempotency_keys (owner, key, fingerprint, created_at)
                                values (:owner, :key, :fingerprint, :now)
                                on conflict (owner, key) do update
                                set fingerprint = excluded.fingerprint, created_at = excluded.created_at, answer = null
                                where idempotency_keys.created_at <= :expired
                                   or (idempotency_keys.answer is null and idempotency_keys.created_at <= :abandoned
                                       and idempotency_keys.fingerprint = excluded.fingerprint)
                                """)
                        .bind("owner", owner)
                        .bind("key", key.value())
                        .bind("fingerprint", key.fingerprint())
                        .bind("now", now)
                        .bind("expired", now.minus(Idempotency.KEPT))
                        .bind("abandoned", now.minus(Idempotency.LEASE))
                        .execute()
                > 0;
    }

    void keep(Handle tx, String owner, IdempotencyKey key, String answer) {
        tx.createUpdate("update idempotency_keys set answer = :answer where owner = :owner and key = :key")
                .bind("answer", answer)
                .bind("owner", owner)
                .bind("key", key.value())
                .execute();
    }

    /** Lets the next request with this key start anew. */
    void release(Handle tx, String owner, IdempotencyKey key) {
        tx.createUpdate("delete from idempotency_keys where owner = :owner and key = :key and answer is null")
                .bind("owner", owner)
                .bind("key", key.value())
                .execute();
    }

    Kept kept(Handle tx, String owner, IdempotencyKey key) {
        return tx.createQuery("select fingerprint, answer from idempotency_keys where owner = :owner and key = :key")
                .bind("owner", owner)
                .bind("key", key.value())
                .map(row -> new Kept(row.getColumn("fingerprint", String.class), row.getColumn("answer", String.class)))
                .one();
    }

    /** An answer as it is kept, and the place it is sealed for. */
    public record SealedAnswer(String sealed, String place) {}

    public Optional<SealedAnswer> newestAnswer(Handle tx) {
        return tx.createQuery("""
                        select owner, key, answer from idempotency_keys
                        where answer is not null
                        order by created_at desc
                        limit 1
                        """)
                .map(row -> new SealedAnswer(
                        row.getColumn("answer", String.class),
                        Idempotency.place(row.getColumn("owner", String.class), row.getColumn("key", String.class))))
                .findOne();
    }
}
