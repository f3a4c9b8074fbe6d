package io.flowapi.client.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The schema {@code UpdateKiteRequest}.
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpdateKiteRequest(
        @JsonProperty("colour") @Nullable Colour colour,
        @JsonProperty("lostAt") @Nullable Removable<Instant> lostAt,
        @JsonProperty("labels") @Nullable Removable<Map<String, String>> labels
) {
    public UpdateKiteRequest {
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "UpdateKiteRequest[colour=" + colour + ", lostAt=" + lostAt + ", labels=" + labels + "]";
    }

    public static final class Builder {
        private @Nullable Colour colour;
        private @Nullable Removable<Instant> lostAt;
        private @Nullable Removable<Map<String, String>> labels;

        private Builder() {}

        public Builder colour(@Nullable Colour colour) {
            this.colour = colour;
            return this;
        }

        /** Null removes it. */
        public Builder lostAt(@Nullable Instant lostAt) {
            this.lostAt = new Removable<>(lostAt);
            return this;
        }

        /** Null removes it. */
        public Builder labels(@Nullable Map<String, String> labels) {
            this.labels = Removable.map(labels);
            return this;
        }

        /** One entry more; null removes it. */
        public Builder putLabels(String key, @Nullable String value) {
            labels = Removable.with(labels, key, value);
            return this;
        }

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public UpdateKiteRequest build() {
            return new UpdateKiteRequest(
                    colour,
                    lostAt,
                    labels
            );
        }
    }
}
