package io.flowapi.idempotency;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.Transaction;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.RefusedException;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations once for each Idempotency-Key. Key, work and answer are one transaction: a crash leaves all or
 * nothing of them, and a concurrent twin waits for the first and gets its answer.
 */
public final class Idempotency {

    public static final Duration KEPT = Duration.ofHours(24);
    static final Duration LEASE = Duration.ofSeconds(60);

    private final Database database;
    private final IdempotencyStore store;
    private final Vault vault;
    private final Replies replies;
    private final InstantSource clock;

    public Idempotency(Database database, IdempotencyStore store, Vault vault, Replies replies, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.vault = vault;
        this.replies = replies;
        this.clock = clock;
    }

    /**
     * Does the work in a transaction, or gives the answer it had when it was done before.
     *
     * @param key null when the client sent none: the work is done
     * @throws RefusedException {@code idempotency_key_reused} when the key came with another request before
     */
    public <R extends Reply> R once(
            Caller caller, @Nullable IdempotencyKey key, Transaction<R> work, Function<Reply.Stored, R> replay) {
        return database.write(tx -> key == null ? work.run(tx) : once(tx, caller, key, work, replay));
    }

    /**
     * Does work that has to call out before its transaction. The key is reserved first and committed, so that a twin is told
     * to come back; whoever comes after the lease may take over, because these calls are safe to repeat. A refusal frees the
     * key: the next try with it is a new one.
     *
     * @param callOut calls out, and gives the transaction that writes down what came of it
     * @throws RefusedException {@code idempotency_in_progress} while another request with this key is at work
     */
    public <R extends Reply> R onceCalling(
            Caller caller,
            @Nullable IdempotencyKey key,
            Supplier<Transaction<R>> callOut,
            Function<Reply.Stored, R> replay) {
        if (key == null) {
            return database.write(callOut.get());
        }
        String owner = caller.owner();
        Reply.Stored earlier =
                database.write(tx -> store.reserve(tx, owner, key, clock.instant()) ? null : earlier(tx, owner, key));
        if (earlier != null) {
            return replay.apply(earlier);
        }
        Transaction<R> work = callOut.get();
        return database.write(tx -> {
            R reply = work.run(tx);
            if (reply instanceof Reply.Refused) {
                store.release(tx, owner, key);
            } else {
                keep(tx, caller, key, reply);
            }
            return reply;
        });
    }

    private <R extends Reply> R once(
            Handle tx, Caller caller, IdempotencyKey key, Transaction<R> work, Function<Reply.Stored, R> replay) {
        String owner = caller.owner();
        if (!store.reserve(tx, owner, key, clock.instant())) {
            return replay.apply(earlier(tx, owner, key));
        }
        R reply = work.run(tx);
        keep(tx, caller, key, reply);
        return reply;
    }

    private void keep(Handle tx, Caller caller, IdempotencyKey key, Reply reply) {
        byte[] answer = Json.bytes(replies.encode(reply, caller.request()));
        String owner = caller.owner();
        store.keep(tx, owner, key, vault.seal(answer, place(owner, key.value())));
    }

    private Reply.Stored earlier(Handle tx, String owner, IdempotencyKey key) {
        IdempotencyStore.Kept kept = store.kept(tx, owner, key);
        if (!kept.fingerprint().equals(key.fingerprint())) {
            throw new RefusedException(Refusal.of(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key came with another request before. Use a new key for a new request."));
        }
        if (kept.answer() == null) {
            throw new RefusedException(
                    Refusal.of(ProblemCode.IDEMPOTENCY_IN_PROGRESS, "The first request with this key is still at work.")
                            .with("Retry-After", "1"));
        }
        byte[] answer = vault.open(kept.answer(), place(owner, key.value()));
        return Json.bind(Json.tree(new String(answer, StandardCharsets.UTF_8)), Reply.Stored.class);
    }

    static String place(String owner, String key) {
        return "idempotency_keys " + owner + " " + key;
    }
}
