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
 * The schema {@code KitePage}.
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record KitePage(
        @JsonProperty("data") List<Kite> data,
        @JsonProperty("hasMore") Boolean hasMore,
        @JsonProperty("nextCursor") @Nullable String nextCursor
) implements Page<Kite> {
    public KitePage {
        data = data == null ? List.of() : List.copyOf(data);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "KitePage[data=" + data + ", hasMore=" + hasMore + ", nextCursor=" + nextCursor + "]";
    }

    public static final class Builder {
        private @Nullable List<Kite> data;
        private @Nullable Boolean hasMore;
        private @Nullable String nextCursor;

        private Builder() {}

        public Builder data(List<Kite> data) {
            this.data = new ArrayList<>(data);
            return this;
        }

        public Builder addData(Kite one) {
            if (data == null) {
                data = new ArrayList<>();
            }
            data.add(one);
            return this;
        }

        public Builder hasMore(Boolean hasMore) {
            this.hasMore = hasMore;
            return this;
        }

        public Builder nextCursor(@Nullable String nextCursor) {
            this.nextCursor = nextCursor;
            return this;
        }

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public KitePage build() {
            return new KitePage(
                    Required.field("KitePage.data", data),
                    Required.field("KitePage.hasMore", hasMore),
                    nextCursor
            );
        }
    }
}
