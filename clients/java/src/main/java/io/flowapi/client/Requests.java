package io.flowapi.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/** Turns a call into a request to one server with one API key. */
record Requests(String baseUrl, Credential credential) {

    private static final String USER_AGENT =
            "flow-client-java/" + version() + " (Java " + System.getProperty("java.version") + ")";

    HttpRequest of(Call call, RequestOptions options) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + call.target())).method(call.method(), call.body());
        headers(call, options).forEach(request::setHeader);
        return request.build();
    }

    private Map<String, String> headers(Call call, RequestOptions options) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json, application/problem+json");
        headers.put("User-Agent", USER_AGENT);
        headers.putAll(call.headers());
        if (call.isAuthenticated()) {
            headers.put("Authorization", credential.authorization());
        }
        if (call.isIdempotent()) {
            headers.put(
                    "Idempotency-Key",
                    options.idempotencyKey().orElseGet(() -> UUID.randomUUID().toString()));
        } else if (options.idempotencyKey().isPresent()) {
            throw new IllegalArgumentException(call + " takes no idempotency key");
        }
        options.ifMatch().ifPresent(etag -> headers.put("If-Match", understood(call, etag)));
        options.headers().forEach((name, value) -> add(headers, name, value));
        return headers;
    }

    /** A condition that nobody looks at would be worse than none. */
    private static String understood(Call call, String etag) {
        if (!call.isTaking("If-Match")) {
            throw new IllegalArgumentException(call + " takes no If-Match");
        }
        return etag;
    }

    private static void add(Map<String, String> headers, String name, String value) {
        if (headers.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("the client itself sets the header " + name);
        }
    }

    private static String version() {
        try (InputStream file = Requests.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
