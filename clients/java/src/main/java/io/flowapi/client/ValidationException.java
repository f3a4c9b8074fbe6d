package io.flowapi.client;

/** 422: the request breaks a rule; {@link #fieldErrors()} says where. */
@SuppressWarnings("serial")
public final class ValidationException extends FlowApiException {

    ValidationException(ErrorAnswer answer) {
        super(answer);
    }
}
