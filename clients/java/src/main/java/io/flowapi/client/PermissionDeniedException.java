package io.flowapi.client;

/** 403: the API key lacks the scope. */
@SuppressWarnings("serial")
public final class PermissionDeniedException extends FlowApiException {

    PermissionDeniedException(ErrorAnswer answer) {
        super(answer);
    }
}
