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
import java.util.ArrayList;
import java.util.List;

/** One key on whichever server runs just now. */
record Api(URI url, String key, String channel) {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    /** The key and the channel that a first start has made. */
    static Api of(ServerProcess firstStart) {
        return new Api(firstStart.url(), firstStart.told("test key"), firstStart.told("sandbox channel"));
    }

    Api at(ServerProcess restarted) {
        return new Api(restarted.url(), key, channel);
    }

    /** @throws IOException when no answer came: the post was made, or not */
    HttpResponse<String> publishNow(String content, String idempotencyKey) throws IOException {
        String json = "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel
                + "\"}],\"publishNow\":true}";
        return send(request("/v1/posts")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    boolean ready() {
        try {
            return send(request("/health/readiness").build()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    JsonNode get(String target) {
        try {
            HttpResponse<String> response = send(request(target).build());
            if (response.statusCode() != 200) {
                throw new AssertionError(target + ": " + response.statusCode() + " " + response.body());
            }
            return Json.tree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Everything in a list, page by page. */
    List<JsonNode> all(String path) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(path + "?limit=100" + cursor);
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
