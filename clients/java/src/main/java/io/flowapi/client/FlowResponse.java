package io.flowapi.client;

import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param value the body; null if the operation has none to give
 */
public record FlowResponse<T extends @Nullable Object>(int status, HttpHeaders headers, T value) {

    /** Matches without regard to case. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The version of the resource, for {@link RequestOptions.Builder#ifMatch}. */
    public Optional<String> etag() {
        return header("ETag");
    }

    /** Finds the request in the server's log. */
    public Optional<String> requestId() {
        return header("X-Request-Id");
    }
}
