package io.flowapi.client;

import org.jspecify.annotations.Nullable;

/** Everything that can go wrong between a call and its answer, and a delivery to a webhook that is refused. */
@SuppressWarnings("serial")
public class FlowException extends RuntimeException {

    FlowException(String message) {
        super(message);
    }

    FlowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
