package io.flowapi.webhooks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to.
 *
 * @param status what was answered; null when nothing was
 * @param response the beginning of the answer's body, without secrets; null when there was no answer
 * @param failure null when the receiver has it
 * @param retryAfter how long the receiver asked to be left alone; null when it did not
 */
record AttemptResult(
        Instant startedAt,
        Duration took,
        @Nullable Integer status,
        @Nullable String response,
        @Nullable Failure failure,
        @Nullable Duration retryAfter) {

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Why the receiver does not have it, or may not. The words are those of the table. */
    enum Failure {
        TIMEOUT("timeout"),
        DENIED("denied"),
        UNREACHABLE("unreachable"),
        BROKEN("broken"),
        REDIRECT("redirect"),
        STATUS("status");

        private final String word;

        Failure(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    boolean delivered() {
        return failure == null;
    }

    /** The receiver wants no more events at this address. */
    boolean gone() {
        return status != null && status == GONE;
    }

    /** The receiver has too much to do. */
    boolean busy() {
        return failure == Failure.TIMEOUT || (status != null && status == TOO_MANY_REQUESTS);
    }

    /** One word for the figures. */
    String outcome() {
        return failure == null ? "delivered" : failure.word();
    }
}
