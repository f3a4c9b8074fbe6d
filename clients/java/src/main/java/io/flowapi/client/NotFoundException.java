package io.flowapi.client;

/** 404: there is no such thing in the mode of the API key. */
@SuppressWarnings("serial")
public final class NotFoundException extends FlowApiException {

    NotFoundException(ErrorAnswer answer) {
        super(answer);
    }
}
