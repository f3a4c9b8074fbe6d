package io.flowapi.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One key on whichever server runs just now. */
record Api(URI url, String key) {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    Api at(ServerProcess restarted) {
        return new Api(restarted.url(), key);
    }

    /** @throws IOException when no answer came: the post was made, or not */
    HttpResponse<String> publishNow(String channel, String content, String idempotencyKey) throws IOException {
        String json = "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel
                + "\"}],\"publishNow\":true}";
        return send(request("/v1/posts")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** @throws IOException when no answer came */
    HttpResponse<String> schedule(String channel, String content, Instant at) throws IOException {
        String json = "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel
                + "\"}],\"scheduledAt\":\"" + at + "\"}";
        return send(request("/v1/posts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** The id of the new channel. */
    String connectBluesky(URI service, String identifier, String appPassword) {
        Map<String, Object> credentials =
                Map.of("service", service, "identifier", identifier, "appPassword", appPassword);
        String json = Json.text(Map.of("name", identifier, "provider", "bluesky", "credentials", credentials));
        HttpRequest request = request("/v1/channels")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return expect(201, request).path("id").asText();
    }

    /** The id of the new channel. */
    String connectX(String accessToken, String refreshToken, Instant expiresAt) {
        Map<String, Object> credentials =
                Map.of("accessToken", accessToken, "refreshToken", refreshToken, "expiresAt", expiresAt.toString());
        String json = Json.text(Map.of("name", "News", "provider", "x", "credentials", credentials));
        HttpRequest request = request("/v1/channels")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return expect(201, request).path("id").asText();
    }

    /** The id of the new channel. */
    String sandboxChannel() {
        HttpRequest request = request("/v1/channels")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"Load\",\"provider\":\"sandbox\"}"))
                .build();
        return expect(201, request).path("id").asText();
    }

    /** The id of a new webhook that is told everything. */
    String webhook(String url) {
        HttpRequest request = request("/v1/webhooks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\":\"" + url + "\",\"events\":[\"*\"]}"))
                .build();
        return expect(201, request).path("id").asText();
    }

    boolean ready() {
        try {
            return send(request("/health/readiness").build()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @throws IOException when no answer came */
    int status(String target) throws IOException {
        return send(request(target).build()).statusCode();
    }

    JsonNode get(String target) {
        return expect(200, request(target).build());
    }

    HttpResponse<String> answer(String target) throws IOException {
        return send(request(target).build());
    }

    HttpResponse<String> createDraft(String channel, String content) throws IOException {
        return send(request("/v1/posts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel + "\"}]}"))
                .build());
    }

    private static JsonNode expect(int status, HttpRequest request) {
        try {
            HttpResponse<String> response = send(request);
            if (response.statusCode() != status) {
                throw new AssertionError(request + ": " + response.statusCode() + " " + response.body());
            }
            return Json.tree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Everything in a list, page by page; the path may have a query. */
    List<JsonNode> all(String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=100" + cursor);
            page.path("data").forEach(all::add);
            if (!page.path("hasMore").asBoolean()) {
                return all;
            }
            cursor = "&cursor=" + page.path("nextCursor").asText();
        }
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(url.resolve(target)).timeout(ANSWER_MAX).header("Authorization", "Bearer " + key);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
