package io.flowapi.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param disabledAt since when every key of the user is refused
 */
public record UserAccount(
        UUID id, String name, Instant createdAt, @Nullable Instant disabledAt) {}
