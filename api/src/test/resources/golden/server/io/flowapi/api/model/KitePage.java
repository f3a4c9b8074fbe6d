package io.flowapi.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record KitePage(
        @JsonProperty("data") List<Kite> data,
        @JsonProperty("hasMore") Boolean hasMore,
        @JsonProperty("nextCursor") @Nullable String nextCursor
) {
    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "KitePage[data=" + data + ", hasMore=" + hasMore + ", nextCursor=" + nextCursor + "]";
    }
}
