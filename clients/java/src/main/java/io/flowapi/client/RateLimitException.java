package io.flowapi.client;

/** 429: too many requests; {@link #retryAfter()} says when to come back. */
@SuppressWarnings("serial")
public final class RateLimitException extends FlowApiException {

    RateLimitException(ErrorAnswer answer) {
        super(answer);
    }
}
