package io.flowapi.providers.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known after a call. All text of the server is redacted and cut. */
sealed interface XrpcAnswer {

    /**
     * The server did it.
     *
     * @param body a JSON object
     * @param redacted the same, to be shown
     */
    record Done(JsonNode body, String redacted) implements XrpcAnswer {

        /** A member that is text, or an empty one: what misses it is not what was asked for. */
        String text(String member) {
            return body.path(member).asText("");
        }

        @Override
        public String toString() {
            return "Done[***]";
        }
    }

    /**
     * The server said no and did nothing.
     *
     * @param error the protocol's name of the reason: it tells more than the status
     * @param retryAfter what a rate limit asks for; null when it was something else
     */
    record Refused(
            int status,
            String error,
            String message,
            @Nullable Duration retryAfter,
            String body) implements XrpcAnswer {

        private static final Set<String> TOKEN_ERRORS =
                Set.of("ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired");

        private static final Set<String> ACCOUNT_ERRORS = Set.of(
                "AccountTakedown",
                "AccountSuspended",
                "AccountDeactivated",
                "AccountNotFound",
                "RepoTakendown",
                "RepoSuspended",
                "RepoDeactivated",
                "RepoNotFound");

        private static final Set<String> LOGIN_ERRORS = Set.of("AuthenticationRequired", "AuthFactorTokenRequired");

        boolean rateLimited() {
            return retryAfter != null;
        }

        boolean becauseOfToken() {
            return TOKEN_ERRORS.contains(error);
        }

        boolean becauseOfAccount() {
            return ACCOUNT_ERRORS.contains(error);
        }

        /** Meaningful after a login only: elsewhere the same error is about a token. */
        boolean becauseOfLogin() {
            return LOGIN_ERRORS.contains(error);
        }
    }

    /** The request may have been done: no answer, a broken one, or one that does not tell. */
    record Unclear(
            String detail,
            @Nullable Integer status,
            @Nullable String body) implements XrpcAnswer {}

    /** The request did not leave. */
    record NotSent(String detail, boolean denied) implements XrpcAnswer {}
}
