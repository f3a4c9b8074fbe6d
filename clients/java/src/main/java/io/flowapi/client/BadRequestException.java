package io.flowapi.client;

/** 400: the request cannot be read. */
@SuppressWarnings("serial")
public final class BadRequestException extends FlowApiException {

    BadRequestException(ErrorAnswer answer) {
        super(answer);
    }
}
