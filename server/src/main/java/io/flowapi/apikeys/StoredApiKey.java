package io.flowapi.apikeys;

import io.flowapi.api.model.ApiKey;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.RateLimits;
import io.flowapi.api.model.Scope;
import io.flowapi.api.model.Warning;
import io.flowapi.ratelimits.KeyLimits;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key as it is kept: everything but the secret. */
public record StoredApiKey(
        UUID id,
        UUID userId,
        String name,
        String prefix,
        String hash,
        Mode mode,
        Set<Scope> scopes,
        List<Warning> warnings,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        RateLimits rateLimits) {

    boolean expiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    StoredApiKey usedAt(Instant now) {
        return new StoredApiKey(
                id, userId, name, prefix, hash, mode, scopes, warnings, createdAt, expiresAt, now, rateLimits);
    }

    /** The key as the API shows it. */
    public ApiKey shown() {
        return new ApiKey(
                id, name, prefix, mode, List.copyOf(scopes), warnings, createdAt, expiresAt, lastUsedAt, limits());
    }

    /** Null where it has none of its own. */
    @Nullable
    RateLimits limits() {
        return rateLimits.equals(KeyLimits.NONE) ? null : rateLimits;
    }

    @Override
    public String toString() {
        return prefix;
    }
}
