package io.flowapi.apikeys;

import io.flowapi.api.model.ApiKey;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Scope;
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
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    boolean expiredAt(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    StoredApiKey usedAt(Instant now) {
        return new StoredApiKey(id, userId, name, prefix, hash, mode, scopes, createdAt, expiresAt, now);
    }

    /** The key as the API shows it. */
    public ApiKey shown() {
        return new ApiKey(id, name, prefix, mode, List.copyOf(scopes), createdAt, expiresAt, lastUsedAt);
    }

    @Override
    public String toString() {
        return prefix;
    }
}
