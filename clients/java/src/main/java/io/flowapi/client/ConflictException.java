package io.flowapi.client;

/** 409: the state of the resource forbids it. */
@SuppressWarnings("serial")
public final class ConflictException extends FlowApiException {

    ConflictException(ErrorAnswer answer) {
        super(answer);
    }
}
