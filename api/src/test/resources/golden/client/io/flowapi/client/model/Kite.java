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
 * Paper, sticks and "string".
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 * @param secret Opens the string box.
 * @param spareSecret Opens it too.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Kite(
        @JsonProperty("id") UUID id,
        @JsonProperty("colour") Colour colour,
        @JsonProperty("tails") List<Tail> tails,
        @JsonProperty("labels") Map<String, String> labels,
        @JsonProperty("secret") String secret,
        @JsonProperty("spareSecret") @Nullable String spareSecret,
        @JsonProperty("createdAt") Instant createdAt,
        @JsonProperty("lostAt") @Nullable Instant lostAt,
        @JsonProperty("flying") Boolean flying,
        @JsonProperty("version") Integer version,
        @JsonProperty("heightMm") @Nullable Long heightMm
) {
    public Kite {
        tails = tails == null ? List.of() : List.copyOf(tails);
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "Kite[id=" + id + ", colour=" + colour + ", tails=" + tails + ", labels=" + labels + ", secret=***, spareSecret=***, createdAt=" + createdAt + ", lostAt=" + lostAt + ", flying=" + flying + ", version=" + version + ", heightMm=" + heightMm + "]";
    }

    public static final class Builder {
        private @Nullable UUID id;
        private @Nullable Colour colour;
        private @Nullable List<Tail> tails;
        private @Nullable Map<String, String> labels;
        private @Nullable String secret;
        private @Nullable String spareSecret;
        private @Nullable Instant createdAt;
        private @Nullable Instant lostAt;
        private @Nullable Boolean flying;
        private @Nullable Integer version;
        private @Nullable Long heightMm;

        private Builder() {}

        public Builder id(UUID id) {
            this.id = id;
            return this;
        }

        public Builder colour(Colour colour) {
            this.colour = colour;
            return this;
        }

        public Builder tails(List<Tail> tails) {
            this.tails = new ArrayList<>(tails);
            return this;
        }

        public Builder addTails(Tail one) {
            if (tails == null) {
                tails = new ArrayList<>();
            }
            tails.add(one);
            return this;
        }

        public Builder labels(Map<String, String> labels) {
            this.labels = new LinkedHashMap<>(labels);
            return this;
        }

        public Builder putLabels(String key, String value) {
            if (labels == null) {
                labels = new LinkedHashMap<>();
            }
            labels.put(key, value);
            return this;
        }

        public Builder secret(String secret) {
            this.secret = secret;
            return this;
        }

        public Builder spareSecret(@Nullable String spareSecret) {
            this.spareSecret = spareSecret;
            return this;
        }

        public Builder createdAt(Instant createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        public Builder lostAt(@Nullable Instant lostAt) {
            this.lostAt = lostAt;
            return this;
        }

        public Builder flying(Boolean flying) {
            this.flying = flying;
            return this;
        }

        public Builder version(Integer version) {
            this.version = version;
            return this;
        }

        public Builder heightMm(@Nullable Long heightMm) {
            this.heightMm = heightMm;
            return this;
        }

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public Kite build() {
            return new Kite(
                    Required.field("Kite.id", id),
                    Required.field("Kite.colour", colour),
                    Required.field("Kite.tails", tails),
                    Required.field("Kite.labels", labels),
                    Required.field("Kite.secret", secret),
                    spareSecret,
                    Required.field("Kite.createdAt", createdAt),
                    lostAt,
                    Required.field("Kite.flying", flying),
                    Required.field("Kite.version", version),
                    heightMm
            );
        }
    }
}
