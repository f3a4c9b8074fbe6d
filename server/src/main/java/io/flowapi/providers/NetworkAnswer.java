package io.flowapi.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.net.OutgoingOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known after a call. All text of the server is redacted and cut. */
public sealed interface NetworkAnswer {

    /** The server did it; the body is a JSON object or array, as it came, or a missing node. */
    record Done(JsonNode body, Redaction redaction, OutgoingOutcome.Answered answer) implements NetworkAnswer {

        /** A member that is text, or an empty one: what misses it is not what was asked for. */
        public String text(String member) {
            return body.path(member).asText("");
        }

        /** The answer without our secrets, to be stored and shown. */
        public ProviderResponse response() {
            return new ProviderResponse(answer.status(), redaction.of(body.toString()));
        }

        @Override
        public String toString() {
            return "Done[***]";
        }
    }

    /**
     * The server said no and did nothing.
     *
     * @param error the protocol's name of the reason, or a sentence
     * @param retryAfter what a rate limit asks for; null when it was something else
     */
    record Refused(
            int status,
            String error,
            String message,
            @Nullable Duration retryAfter,
            String body) implements NetworkAnswer {

        public boolean rateLimited() {
            return retryAfter != null;
        }
    }

    /** The request may have been done: no answer, a broken one, or one that does not tell. */
    record Unclear(
            String detail,
            @Nullable Integer status,
            @Nullable String body) implements NetworkAnswer {}

    /** The request did not leave. */
    record NotSent(String detail, boolean denied) implements NetworkAnswer {}
}
