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
 * The schema {@code CreateKiteRequest}.
 *
 * <p>Make one with {@link #builder()}: the constructor grows with the document.
 * @param colours Absent means white.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CreateKiteRequest(
        @JsonProperty("name") String name,
        @JsonProperty("tails") List<Tail> tails,
        @JsonProperty("colours") @Nullable List<Colour> colours,
        @JsonProperty("labels") @Nullable Map<String, String> labels
) {
    public CreateKiteRequest {
        tails = tails == null ? List.of() : List.copyOf(tails);
        colours = colours == null ? null : List.copyOf(colours);
        labels = labels == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "CreateKiteRequest[name=" + name + ", tails=" + tails + ", colours=" + colours + ", labels=" + labels + "]";
    }

    public static final class Builder {
        private @Nullable String name;
        private @Nullable List<Tail> tails;
        private @Nullable List<Colour> colours;
        private @Nullable Map<String, String> labels;

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
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

        public Builder colours(List<Colour> colours) {
            this.colours = new ArrayList<>(colours);
            return this;
        }

        public Builder addColours(Colour one) {
            if (colours == null) {
                colours = new ArrayList<>();
            }
            colours.add(one);
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

        /**
         * The finished value.
         *
         * @throws IllegalStateException naming the first required field that was not set
         */
        public CreateKiteRequest build() {
            return new CreateKiteRequest(
                    Required.field("CreateKiteRequest.name", name),
                    Required.field("CreateKiteRequest.tails", tails),
                    colours,
                    labels
            );
        }
    }
}
