package io.flowapi.apikeys;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.RateLimits;
import io.flowapi.api.model.Scope;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.ids.Ids;
import io.flowapi.ratelimits.KeyLimits;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The api_keys table. */
public final class ApiKeyStore {

    private static final String COLUMNS =
            "k.id, k.user_id, k.name, k.prefix, k.hash, k.mode, k.scopes, k.warnings, k.created_at, k.expires_at, "
                    + "k.last_used_at, k.rate_limits";

    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ApiKeyStore(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes a key with the limits of the installation. */
    public NewApiKey create(
            Handle tx, UUID userId, String name, Mode mode, Collection<Scope> scopes, @Nullable Instant expiresAt) {
        return create(tx, userId, TagFreeText.ofName(name), mode, scopes, expiresAt, KeyLimits.NONE);
    }

    /** Makes a key and stores its hash. */
    public NewApiKey create(
            Handle tx,
            UUID userId,
            TagFreeText name,
            Mode mode,
            Collection<Scope> scopes,
            @Nullable Instant expiresAt,
            RateLimits rateLimits) {
        ApiKeyToken token = ApiKeyToken.generate(mode, random);
        StoredApiKey key = new StoredApiKey(
                ids.next(),
                userId,
                name.text(),
                token.prefix(),
                token.hash(),
                mode,
                EnumSet.copyOf(scopes),
                name.warnings(),
                clock.instant(),
                expiresAt,
                null,
                rateLimits);
        insert(tx, key, token.publicId());
        return new NewApiKey(key, token.text());
    }

    private static void insert(Handle tx, StoredApiKey key, String publicId) {
        tx.createUpdate("""
                        insert into api_keys
                          (id, user_id, name, public_id, prefix, hash, mode, scopes, warnings, created_at, expires_at,
                           rate_limits)
                        values
                          (:id, :userId, :name, :publicId, :prefix, :hash, :mode, :scopes, :warnings, :createdAt,
                           :expiresAt, :rateLimits)
                        """)
                .bind("id", key.id())
                .bind("userId", key.userId())
                .bind("name", key.name())
                .bind("publicId", publicId)
                .bind("prefix", key.prefix())
                .bind("hash", key.hash())
                .bind("mode", key.mode().value())
                .bind("scopes", key.scopes().stream().map(Scope::value).collect(joining(" ")))
                .bind("warnings", Json.text(key.warnings()))
                .bind("createdAt", key.createdAt())
                .bindByType("expiresAt", key.expiresAt(), Instant.class)
                .bind("rateLimits", KeyLimits.text(key.rateLimits()))
                .execute();
    }

    /** The key with this public id, unless its user is disabled. */
    Optional<StoredApiKey> byPublicId(Handle tx, String publicId) {
        return tx.createQuery("select " + COLUMNS + """
                         from api_keys k
                        join users u on u.id = k.user_id
                        where k.public_id = :publicId and u.disabled_at is null
                        """)
                .bind("publicId", publicId)
                .map(ApiKeyStore::key)
                .findOne();
    }

    Optional<StoredApiKey> find(Handle tx, Caller caller, UUID id) {
        return tx.createQuery("select " + COLUMNS + """
                         from api_keys k
                        where k.id = :id and k.user_id = :userId and k.mode = :mode
                        """)
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(ApiKeyStore::key)
                .findOne();
    }

    /** As {@link #find}; nobody else changes the key until this transaction ends. */
    Optional<StoredApiKey> findAndLock(Handle tx, Caller caller, UUID id) {
        tx.createQuery("select id from api_keys where id = :id and user_id = :userId and mode = :mode <forUpdate>")
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .mapTo(UUID.class)
                .findOne();
        return find(tx, caller, id);
    }

    /** Ends a key then, unless it ends before. */
    void expireBy(Handle tx, UUID id, Instant at) {
        tx.createUpdate("""
                        update api_keys set expires_at = :at
                        where id = :id and (expires_at is null or expires_at > :at)
                        """).bind("at", at).bind("id", id).execute();
    }

    /** Newest first, older than the position. */
    List<StoredApiKey> list(Handle tx, Caller caller, Position after, int limit) {
        return tx.createQuery("select " + COLUMNS + """
                         from api_keys k
                        where k.user_id = :userId and k.mode = :mode and (k.created_at, k.id) < (:createdAt, :id)
                        order by k.created_at desc, k.id desc
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .map(ApiKeyStore::key)
                .list();
    }

    /** All keys of a user, for the person at the console. */
    public List<StoredApiKey> ofUser(Handle tx, UUID userId) {
        return tx.createQuery("select " + COLUMNS + " from api_keys k where k.user_id = :userId order by k.created_at")
                .bind("userId", userId)
                .map(ApiKeyStore::key)
                .list();
    }

    boolean delete(Handle tx, Caller caller, UUID id) {
        return tx.createUpdate("delete from api_keys where id = :id and user_id = :userId and mode = :mode")
                        .bind("id", id)
                        .bind("userId", caller.userId())
                        .bind("mode", caller.mode().value())
                        .execute()
                > 0;
    }

    /** Any user's key, for the person at the console; empty when there is none. */
    public Optional<StoredApiKey> revoke(Handle tx, UUID id) {
        // SQLite knows the columns of what it deleted by their bare names only.
        return tx.createQuery("delete from api_keys where id = :id returning " + COLUMNS.replace("k.", ""))
                .bind("id", id)
                .map(ApiKeyStore::key)
                .findOne();
    }

    void used(Handle tx, UUID id, Instant at) {
        tx.createUpdate("update api_keys set last_used_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    private static StoredApiKey key(RowView row) {
        return new StoredApiKey(
                row.getColumn("id", UUID.class),
                row.getColumn("user_id", UUID.class),
                row.getColumn("name", String.class),
                row.getColumn("prefix", String.class),
                row.getColumn("hash", String.class),
                Mode.of(row.getColumn("mode", String.class)),
                scopes(row.getColumn("scopes", String.class)),
                TagFreeText.warnings(row.getColumn("warnings", String.class)),
                row.getColumn("created_at", Instant.class),
                row.getColumn("expires_at", Instant.class),
                row.getColumn("last_used_at", Instant.class),
                KeyLimits.parse(row.getColumn("rate_limits", String.class)));
    }

    private static Set<Scope> scopes(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(words.split(" ")).map(Scope::of).forEach(scopes::add);
        return scopes;
    }
}
