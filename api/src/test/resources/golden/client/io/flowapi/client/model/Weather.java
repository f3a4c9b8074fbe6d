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
 * The schema {@code Weather}.
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Weather(
        @JsonProperty("wind") Boolean wind
) {
    public Weather {
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "Weather[wind=" + wind + "]";
    }

    public static final class Builder {
        private @Nullable Boolean wind;

        private Builder() {}

        public Builder wind(Boolean wind) {
            this.wind = wind;
            return this;
        }

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public Weather build() {
            return new Weather(
                    Required.field("Weather.wind", wind)
            );
        }
    }
}
