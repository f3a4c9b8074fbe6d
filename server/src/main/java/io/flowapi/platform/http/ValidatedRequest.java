package io.flowapi.platform.http;

import com.atlassian.oai.validator.model.Body;
import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The validator's view of an input; it shares the tree that the call is bound from. */
record ValidatedRequest(Input input, Operation operation) implements Request {

    @Override
    public String getPath() {
        return input.rawPath();
    }

    @Override
    public Method getMethod() {
        return Method.valueOf(operation.method());
    }

    /** Still abstract in the interface, though nobody asks for it any more. */
    @Override
    @SuppressWarnings("deprecation")
    public Optional<String> getBody() {
        return getRequestBody().map(body -> input.json().toString());
    }

    @Override
    public Optional<Body> getRequestBody() {
        return input.hasBody() ? Optional.of(new Tree(input)) : Optional.empty();
    }

    @Override
    public Collection<String> getQueryParameters() {
        return input.query().keySet();
    }

    @Override
    public Collection<String> getQueryParameterValues(String name) {
        return input.query().getOrDefault(name, List.of());
    }

    @Override
    public Map<String, Collection<String>> getHeaders() {
        return Map.copyOf(input.headers());
    }

    /** Where no body is wanted, any is refused, whatever type it claims to have. */
    @Override
    public Collection<String> getHeaderValues(String name) {
        if (!operation.takesBody() && name.equalsIgnoreCase("Content-Type")) {
            return List.of();
        }
        return new ArrayList<>(input.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    private record Tree(Input input) implements Body {
        @Override
        public boolean hasBody() {
            return true;
        }

        @Override
        public JsonNode toJsonNode() {
            return input.json();
        }

        @Override
        public String toString(Charset encoding) {
            return input.json().toString();
        }
    }
}
