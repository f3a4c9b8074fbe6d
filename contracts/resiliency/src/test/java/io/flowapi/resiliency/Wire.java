package io.flowapi.resiliency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Sends what it is given, with the key of a caller who may do everything. */
record Wire(HttpClient client, String url, String key) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /** The client writes these itself, the key is ours. */
    private static final Set<String> OWN = Set.of("host", "content-length", "authorization");

    static Wire to(RunningServer server) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Wire(client, server.url(), server.key());
    }

    HttpResponse<String> send(String method, String address, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .timeout(ANSWER_MAX)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + key);
        headers.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase())) {
                request.setHeader(name, value);
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(method + " " + address + " was not answered", failed);
        }
    }

    JsonNode get(String path) {
        return answered("GET", path, "");
    }

    JsonNode post(String path) {
        return answered("POST", path, "");
    }

    JsonNode post(String path, JsonNode body) {
        return answered("POST", path, body.toString());
    }

    private JsonNode answered(String method, String path, String body) {
        Map<String, String> type = body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
        HttpResponse<String> response = send(method, url + path, type, body);
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + " was answered " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}
