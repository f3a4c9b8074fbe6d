package io.flowapi.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as values: read from the connection once, decoded where the generated call asks for it. */
public final class Input {

    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final String UNREADABLE = "This value is outside of what can be read.";

    private final String method;
    private final String path;
    private final String rawQuery;
    private final Map<String, String> pathParameters;
    private final Map<String, List<String>> query;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private @Nullable JsonNode json;

    private Input(ServerRequest request) {
        method = request.prologue().method().text();
        path = request.path().absolute().rawPath();
        rawQuery = request.query().rawValue();
        pathParameters = single(request.path().pathParameters());
        query = multiple(request.query());
        headers = new LinkedHashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
        }
        body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    }

    static Input read(ServerRequest request) {
        return new Input(request);
    }

    private static Map<String, String> single(Parameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.names().forEach(name -> values.put(name, parameters.get(name)));
        return values;
    }

    private static Map<String, List<String>> multiple(Parameters parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        parameters.names().forEach(name -> {
            List<String> given = parameters.all(name);
            // A name without "=" has no value for Helidon; for everybody else it has the empty one.
            values.put(name, given.isEmpty() ? List.of("") : given);
        });
        return values;
    }

    String rawPath() {
        return path;
    }

    Map<String, List<String>> query() {
        return query;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    boolean hasBody() {
        return body.length > 0;
    }

    /**
     * The body as a tree.
     *
     * @throws RefusedException {@code malformed_json}
     */
    JsonNode json() {
        if (json == null) {
            json = parse();
        }
        return json;
    }

    private JsonNode parse() {
        try {
            JsonNode read = Json.read(body);
            if (!read.isMissingNode()) {
                return read;
            }
            throw malformed("The body is empty.");
        } catch (IOException broken) {
            throw malformed("The body is not one JSON value in UTF-8 with every key given once.");
        }
    }

    private static RefusedException malformed(String detail) {
        List<FieldError> whole = List.of(Fields.body("", "malformed", detail));
        return new RefusedException(new Refusal(ProblemCode.MALFORMED_JSON, detail, whole, Map.of()));
    }

    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.getFirst();
    }

    /** An optional header. */
    public <T> @Nullable T header(String name, Class<T> type) {
        String value = header(name);
        return value == null ? null : decode(value, type, Fields.header(name, "wrong_format", UNREADABLE));
    }

    /** A path parameter; the document's schema was checked before. */
    public <T> T path(String name, Class<T> type) {
        return decode(pathParameters.get(name), type, Fields.parameter(name, "wrong_format", UNREADABLE));
    }

    /** An optional query parameter. */
    public <T> @Nullable T query(String name, Class<T> type) {
        List<String> values = query.get(name);
        return values == null
                ? null
                : decode(values.getFirst(), type, Fields.parameter(name, "wrong_format", UNREADABLE));
    }

    /** A query parameter with the document's default. */
    public <T> T query(String name, Class<T> type, T otherwise) {
        T value = query(name, type);
        return value == null ? otherwise : value;
    }

    public <T> T body(Class<T> type) {
        try {
            return Json.bind(json(), type);
        } catch (IllegalArgumentException unreadable) {
            throw new RefusedException(
                    Refusal.invalid(List.of(Fields.body(Json.pointer(unreadable), "wrong_format", UNREADABLE))));
        }
    }

    /** A body that changes a resource; refused as {@link #body} is when it does not fit. */
    public <T> MergePatch<T> mergePatch(Class<T> type) {
        body(type);
        return new MergePatch<>(json(), type);
    }

    /** The document cannot say everything: what its schema lets pass and the type does not take is the client's fault. */
    private static <T> T decode(Object value, Class<T> type, FieldError otherwise) {
        try {
            return Json.bind(value, type);
        } catch (IllegalArgumentException unreadable) {
            throw new RefusedException(new Refusal(
                    ProblemCode.INVALID_PARAMETER, "The request cannot be read.", List.of(otherwise), Map.of()));
        }
    }

    /** Quoted, as the IETF draft writes it, or bare, as everybody sends it. */
    public @Nullable IdempotencyKey idempotencyKey() {
        String value = header(IDEMPOTENCY_KEY);
        return value == null ? null : new IdempotencyKey(hash(value.replace("\"", "")), fingerprint());
    }

    private static String hash(String value) {
        return HexFormat.of().formatHex(sha256().digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    private String fingerprint() {
        MessageDigest digest = sha256();
        digest.update((method + " " + path + "?" + rawQuery + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
