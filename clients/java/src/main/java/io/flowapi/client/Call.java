package io.flowapi.client;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One operation with its values, as the generated code describes it. */
final class Call {

    /** RFC 7396: applying a merge patch twice gives what applying it once gives. */
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Set<String> REPEATABLE_METHODS = Set.of("GET", "HEAD", "PUT", "DELETE");

    private final String method;
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Set<String> optionalHeaders = new HashSet<>();
    private final Set<Integer> answers = new HashSet<>();
    private String path;
    private BodyPublisher body = BodyPublishers.noBody();
    private boolean authenticated;
    private boolean idempotent;
    private boolean mergePatch;

    Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    Call authenticated() {
        authenticated = true;
        return this;
    }

    /** Marks an operation that takes an Idempotency-Key. */
    Call idempotent() {
        idempotent = true;
        return this;
    }

    Call path(String name, Object value) {
        path = path.replace("{" + name + "}", encoded(value));
        return this;
    }

    Call query(String name, @Nullable Object value) {
        if (value != null) {
            query.add(encoded(name) + "=" + encoded(value));
        }
        return this;
    }

    Call header(String name, Object value) {
        headers.put(name, value.toString());
        return this;
    }

    /** Names a header the operation understands and can do without. */
    Call takes(String header) {
        optionalHeaders.add(header);
        return this;
    }

    Call body(String contentType, Object value) {
        header("Content-Type", contentType);
        body = BodyPublishers.ofByteArray(Json.bytes(value));
        mergePatch = contentType.equals(MERGE_PATCH);
        return this;
    }

    /** Marks a status that is an answer of this operation, although it looks like a failure of the server. */
    Call answer(int status) {
        answers.add(status);
        return this;
    }

    String method() {
        return method;
    }

    String target() {
        return path + query;
    }

    Map<String, String> headers() {
        return headers;
    }

    boolean isTaking(String header) {
        return optionalHeaders.contains(header);
    }

    BodyPublisher body() {
        return body;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    boolean isIdempotent() {
        return idempotent;
    }

    /** Whether sending it twice does what sending it once does. */
    boolean isRepeatable() {
        return idempotent || mergePatch || REPEATABLE_METHODS.contains(method);
    }

    /** A proxy uses the same statuses without the operation's answer. */
    boolean isAnswer(int status, String contentType) {
        return status / 100 == 2 || answers.contains(status) && contentType.startsWith("application/json");
    }

    /** Without the query, which may hold data of the application. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
