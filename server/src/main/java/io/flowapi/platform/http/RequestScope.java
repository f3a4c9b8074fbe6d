package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What is known of a request from its first filter to its log line. */
final class RequestScope {

    /** Bound from the first filter on, so that what is thrown past a handler is answered in the name of its request. */
    static final ScopedValue<RequestScope> CURRENT = ScopedValue.newInstance();

    private final RequestInfo info;
    private @Nullable String operation;
    private @Nullable Caller caller;
    private @Nullable ProblemCode problem;
    private @Nullable Throwable fault;
    private boolean reference;

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

    /** Null where no operation has the path and method. */
    @Nullable
    String operation() {
        return operation;
    }

    void operation(Operation known) {
        operation = known.id();
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void caller(@Nullable Caller known) {
        this.caller = known;
    }

    /** Whether it was for something to read that is no operation. */
    boolean reference() {
        return reference;
    }

    void toReference() {
        reference = true;
    }

    /** Why it was not done; null when it was. */
    @Nullable
    ProblemCode problem() {
        return problem;
    }

    void refused(ProblemCode code) {
        problem = code;
    }

    /** What was our fault, if anything was. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    void failed(Throwable thrown) {
        fault = thrown;
    }
}
