package io.flowapi.posts;

import io.flowapi.api.PostsApi.ListPostsCall;
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
        @Nullable Instant to) {

    static PostFilter of(ListPostsCall call) {
        return new PostFilter(call.status(), call.channelId(), call.externalId(), call.from(), call.to());
    }
}
