package io.flowapi.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be set for one call. */
public final class RequestOptions {

    private static final RequestOptions NONE = builder().build();

    private final @Nullable String idempotencyKey;
    private final @Nullable String ifMatch;
    private final @Nullable Duration timeout;
    private final Map<String, String> headers;

    private RequestOptions(Builder builder) {
        this.idempotencyKey = builder.idempotencyKey;
        this.ifMatch = builder.ifMatch;
        this.timeout = builder.timeout;
        this.headers = Map.copyOf(builder.headers);
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

    Optional<String> ifMatch() {
        return Optional.ofNullable(ifMatch);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    Map<String, String> headers() {
        return headers;
    }

    public static final class Builder {
        private @Nullable String idempotencyKey;
        private @Nullable String ifMatch;
        private @Nullable Duration timeout;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * The application's own key, for a call that must take effect once even if the application itself starts again
         * in between. Without it the client makes one for each call.
         */
        public Builder idempotencyKey(String idempotencyKey) {
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * Do it only if the resource still has this version; else the call throws {@link PreconditionFailedException}.
         */
        public Builder ifMatch(int version) {
            return ifMatch("\"" + version + "\"");
        }

        /** The same for an {@link FlowResponse#etag}. */
        public Builder ifMatch(String etag) {
            this.ifMatch = etag;
            return this;
        }

        /** The longest time for one try; see {@link FlowClient.Builder#timeout}. */
        public Builder timeout(Duration timeout) {
            this.timeout = FlowClient.positive(timeout);
            return this;
        }

        /** One header more, such as {@code traceparent}. Those that the client sets itself are refused. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public RequestOptions build() {
            return new RequestOptions(this);
        }
    }
}
