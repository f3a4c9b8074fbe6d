package io.flowapi.platform.http;

import io.flowapi.api.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the document, as the router needs it.
 *
 * @param id the operationId
 * @param path the path template, {@code /v1/posts/{postId}}
 * @param takesBody whether the document wants a body; without one its type says nothing
 * @param authenticated whether an API key is needed
 * @param scope what the key must be allowed, null when any key will do
 * @param rateLimit what it is counted with beside all other requests, null where there is no such thing
 */
public record Operation(
        String id,
        String method,
        String path,
        boolean takesBody,
        boolean authenticated,
        @Nullable Scope scope,
        @Nullable String rateLimit,
        Call call) {

    /** Decodes the input, calls the feature, returns its answer. The caller is null where none is needed. */
    @FunctionalInterface
    public interface Call {
        Reply answer(Caller caller, Input input);
    }
}
