package io.flowapi.client;

/** 5xx: the server failed, or cannot serve now. */
@SuppressWarnings("serial")
public final class ServerException extends FlowApiException {

    ServerException(ErrorAnswer answer) {
        super(answer);
    }
}
