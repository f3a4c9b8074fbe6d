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

/** Paper, sticks and \"string\". */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    /** Everything but the secrets, so that none can end up in a log. */
    @Override
    public String toString() {
        return "Kite[id=" + id + ", colour=" + colour + ", tails=" + tails + ", labels=" + labels + ", secret=***, spareSecret=***, createdAt=" + createdAt + ", lostAt=" + lostAt + ", flying=" + flying + ", version=" + version + ", heightMm=" + heightMm + "]";
    }
}
