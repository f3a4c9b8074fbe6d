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
 * The schema {@code Problem}.
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Problem(
        @JsonProperty("status") Integer status
) {
    public Problem {
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "Problem[status=" + status + "]";
    }

    public static final class Builder {
        private @Nullable Integer status;

        private Builder() {}

        public Builder status(Integer status) {
            this.status = status;
            return this;
        }

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public Problem build() {
            return new Problem(
                    Required.field("Problem.status", status)
            );
        }
    }
}
