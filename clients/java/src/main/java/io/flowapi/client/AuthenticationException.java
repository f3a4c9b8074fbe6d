package io.flowapi.client;

/** 401: no API key, or one that is unknown, expired or revoked. */
@SuppressWarnings("serial")
public final class AuthenticationException extends FlowApiException {

    AuthenticationException(ErrorAnswer answer) {
        super(answer);
    }
}
