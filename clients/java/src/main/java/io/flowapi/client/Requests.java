package io.flowapi.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Properties;
import java.util.UUID;

/** Turns a call into a request to one server with one API key. */
record Requests(String baseUrl, Credential credential) {

    private static final String USER_AGENT = "flow-client-java/" + version();

    HttpRequest of(Call call, RequestOptions options) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + call.target()))
                .method(call.method(), call.body())
                .setHeader("Accept", "application/json, application/problem+json")
                .setHeader("User-Agent", USER_AGENT);
        call.headers().forEach(request::setHeader);
        if (call.isAuthenticated()) {
            request.setHeader("Authorization", credential.authorization());
        }
        if (call.isIdempotent()) {
            request.setHeader(
                    "Idempotency-Key",
                    options.idempotencyKey().orElseGet(() -> UUID.randomUUID().toString()));
        } else if (options.idempotencyKey().isPresent()) {
            throw new IllegalArgumentException(call + " takes no idempotency key");
        }
        return request.build();
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
