package io.flowapi.platform.http;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.RateLimits;
import io.flowapi.api.model.Scope;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, with which key, and in which request.
 *
 * @param mode everything a caller can see belongs to this mode
 * @param rateLimits those that the key has of its own
 */
public record Caller(
        UUID userId, UUID apiKeyId, Mode mode, Set<Scope> scopes, RateLimits rateLimits, RequestInfo request) {

    /** The (user, mode) pair that owns resources, cursors and idempotency keys. */
    public String owner() {
        return userId + "/" + mode.value();
    }
}
