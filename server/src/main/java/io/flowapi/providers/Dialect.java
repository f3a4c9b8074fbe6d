package io.flowapi.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a network words its answers: what is not in its words may be of something on the way, and proves nothing. */
public interface Dialect {

    /** As Bluesky and Mastodon speak: it was done when a 200 comes with JSON, and a refusal is named in {@code error}. */
    Dialect ERROR_MEMBER = new Dialect() {

        @Override
        public boolean done(int status, @Nullable JsonNode body) {
            return status == 200 && body != null;
        }

        @Override
        public Optional<Said> refusal(JsonNode body) {
            return body.path("error").isTextual()
                    ? Optional.of(new Said(
                            body.path("error").textValue(), body.path("message").asText("")))
                    : Optional.empty();
        }
    };

    /** @param body a JSON object or array; null when it is none */
    boolean done(int status, @Nullable JsonNode body);

    /** Of an answer with a status of 4xx. */
    Optional<Said> refusal(JsonNode body);

    /**
     * Why a server said no.
     *
     * @param error the network's name of the reason, or a sentence
     * @param message more about it; empty when there is none
     */
    record Said(String error, String message) {}
}
