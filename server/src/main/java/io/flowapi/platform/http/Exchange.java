package io.flowapi.platform.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through the gates. */
public final class Exchange {

    private final Operation operation;
    private final Input input;
    private final RequestInfo request;
    private final Map<String, String> answerHeaders = new LinkedHashMap<>();
    private @Nullable Caller caller;

    Exchange(Operation operation, Input input, RequestInfo request) {
        this.operation = operation;
        this.input = input;
        this.request = request;
    }

    static Exchange of(Operation operation, ServerRequest request) {
        return new Exchange(
                operation, Input.read(request), RequestScope.of(request).info());
    }

    public Operation operation() {
        return operation;
    }

    public Input input() {
        return input;
    }

    public RequestInfo request() {
        return request;
    }

    /** Null until the caller is known, and for operations that need none. */
    public @Nullable Caller caller() {
        return caller;
    }

    public void identify(Caller known) {
        this.caller = known;
    }

    /** A header that the answer has, whatever it will be. */
    public void answerHeader(String name, String value) {
        answerHeaders.put(name, value);
    }

    Map<String, String> answerHeaders() {
        return answerHeaders;
    }
}
