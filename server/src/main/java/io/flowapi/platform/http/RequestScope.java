package io.flowapi.platform.http;

import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What is known of a request from its first filter to its log line. */
final class RequestScope {

    private final RequestInfo info;
    private @Nullable Caller caller;

    RequestScope(RequestInfo info) {
        this.info = info;
    }

    static RequestScope of(ServerRequest request) {
        return request.context()
                .get(RequestScope.class)
                .orElseThrow(() -> new IllegalStateException("RequestIdFilter comes first"));
    }

    RequestInfo info() {
        return info;
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void caller(@Nullable Caller known) {
        this.caller = known;
    }
}
