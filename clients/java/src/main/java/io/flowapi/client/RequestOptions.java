package io.flowapi.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be set for one call. */
public final class RequestOptions {

    private static final RequestOptions NONE = builder().build();

    private final @Nullable String idempotencyKey;
    private final @Nullable Duration timeout;

    private RequestOptions(Builder builder) {
        this.idempotencyKey = builder.idempotencyKey;
        this.timeout = builder.timeout;
    }

    public static RequestOptions none() {
        return NONE;
    }

    public static Builder builder() {
        return new Builder();
    }

    Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    public static final class Builder {
        private @Nullable String idempotencyKey;
        private @Nullable Duration timeout;

        private Builder() {}

        /**
         * The application's own key, for a call that must take effect once even if the application itself starts again
         * in between. Without it the client makes one for each call.
         */
        public Builder idempotencyKey(String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /** The longest time for one try; see {@link FlowClient.Builder#timeout}. */
        public Builder timeout(Duration timeout) {
            this.timeout = FlowClient.positive(timeout);
            return this;
        }

        public RequestOptions build() {
            return new RequestOptions(this);
        }
    }
}
