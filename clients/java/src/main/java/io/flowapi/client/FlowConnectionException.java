package io.flowapi.client;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;

/** No whole answer came: no connection, a broken one, or none in time. Whether the server did the work is not known. */
@SuppressWarnings("serial")
public final class FlowConnectionException extends FlowException {

    FlowConnectionException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether it is certain that the server never saw the request. */
    boolean isUnsent() {
        return getCause() instanceof ConnectException || getCause() instanceof HttpConnectTimeoutException;
    }
}
