package io.flowapi.posts;

import io.flowapi.api.model.PostStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which posts are listed; null asks for all. */
record PostFilter(
        @Nullable PostStatus status,
        @Nullable UUID channelId,
        @Nullable String externalId,
        @Nullable Instant from,
        @Nullable Instant to) {}
