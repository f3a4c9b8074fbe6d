package io.flowapi.client;

/** 412: the resource is no longer the one of {@link RequestOptions.Builder#ifMatch}; get it and decide again. */
@SuppressWarnings("serial")
public final class PreconditionFailedException extends FlowApiException {

    PreconditionFailedException(ErrorAnswer answer) {
        super(answer);
    }
}
