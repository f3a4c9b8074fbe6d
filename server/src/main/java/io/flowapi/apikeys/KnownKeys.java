package io.flowapi.apikeys;

import io.flowapi.platform.db.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which key a token is. Keys are remembered for half a second, so that a revocation holds everywhere within one;
 * tokens that are no key are never remembered.
 */
public final class KnownKeys {

    private static final Duration REMEMBERED = Duration.ofMillis(500);
    private static final int REMEMBERED_MAX = 10_000;
    private static final Duration LAST_USE_GRAIN = Duration.ofMinutes(1);

    private final Database database;
    private final ApiKeyStore store;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    public KnownKeys(Database database, ApiKeyStore store, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    private record Remembered(StoredApiKey key, long nanos) {
        boolean fresh() {
            return System.nanoTime() - nanos < REMEMBERED.toNanos();
        }
    }

    /** The key of a token, if it is one that is valid now. */
    Optional<StoredApiKey> identify(ApiKeyToken token) {
        Optional<StoredApiKey> key = lookUp(token.publicId())
                .filter(found -> same(found.hash(), token.hash()))
                .filter(found -> !found.expiredAt(clock.instant()));
        key.ifPresent(found -> noteUse(token.publicId(), found));
        return key;
    }

    void forget(UUID id) {
        remembered.values().removeIf(known -> known.key().id().equals(id));
    }

    private Optional<StoredApiKey> lookUp(String publicId) {
        Remembered known = remembered.get(publicId);
        if (known != null && known.fresh()) {
            return Optional.of(known.key());
        }
        Optional<StoredApiKey> stored = database.read(tx -> store.byPublicId(tx, publicId));
        stored.ifPresentOrElse(key -> remember(publicId, key), () -> remembered.remove(publicId));
        return stored;
    }

    private void remember(String publicId, StoredApiKey key) {
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(publicId, new Remembered(key, System.nanoTime()));
    }

    /** Written at most once a minute, and by nobody's request: it is worth no waiting. */
    private void noteUse(String publicId, StoredApiKey key) {
        Instant now = clock.instant();
        if (key.lastUsedAt() != null && now.isBefore(key.lastUsedAt().plus(LAST_USE_GRAIN))) {
            return;
        }
        remembered.computeIfPresent(publicId, (id, known) -> new Remembered(key.usedAt(now), known.nanos()));
        database.writeLater(tx -> {
            store.used(tx, key.id(), now);
            return null;
        });
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
