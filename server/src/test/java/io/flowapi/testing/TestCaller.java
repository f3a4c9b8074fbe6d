package io.flowapi.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who calls the server over HTTP. Every answer is held to the document. */
public final class TestCaller {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final @Nullable String key;

    TestCaller(int port, @Nullable String key) {
        this.port = port;
        this.key = key;
    }

    /** Somebody at a server that the test has started itself. */
    public static TestCaller at(int port, String key) {
        return new TestCaller(port, key);
    }

    /** The same port with another key. */
    public TestCaller withKey(String other) {
        return new TestCaller(port, other);
    }

    public String key() {
        return key;
    }

    public Answer get(String target, String... headers) {
        return send("GET", target, BodyPublishers.noBody(), headers);
    }

    public Answer delete(String target, String... headers) {
        return send("DELETE", target, BodyPublishers.noBody(), headers);
    }

    public Answer post(String target, String json, String... headers) {
        return send("POST", target, BodyPublishers.ofString(json), json(headers));
    }

    public Answer post(String target) {
        return send("POST", target, BodyPublishers.noBody());
    }

    public Answer patch(String target, String json, String... headers) {
        return send("PATCH", target, BodyPublishers.ofString(json), json(headers));
    }

    public Answer post(String target, byte[] json) {
        return send("POST", target, BodyPublishers.ofByteArray(json), json(new String[0]));
    }

    /** Without a length: the client sends it in chunks. */
    public Answer postInChunks(String target, byte[] json) {
        BodyPublisher chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json));
        return send("POST", target, chunks, json(new String[0]));
    }

    /** Without a body. */
    public Answer send(String method, String target, String... headers) {
        return send(method, target, BodyPublishers.noBody(), headers);
    }

    /** With exactly these headers. */
    public Answer send(String method, String target, byte[] body, String... headers) {
        return send(method, target, BodyPublishers.ofByteArray(body), headers);
    }

    /** With a body that is said to be JSON, unless a header says otherwise. */
    public Answer sendJson(String method, String target, byte[] body, String... headers) {
        return send(method, target, BodyPublishers.ofByteArray(body), json(headers));
    }

    /** Sends only a first line and headers, for what is refused by them; the connection ends. */
    public Answer sendHead(String method, String target, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (key != null) {
            all.add("Authorization: Bearer " + key);
        }
        Answer answer = Wire.send(port, method + " " + target + " HTTP/1.1", all.toArray(String[]::new));
        DocumentCheck.check(method, target, answer);
        return answer;
    }

    /** A sandbox channel of this caller; its id. */
    public String channel() {
        return post("/v1/channels", "{\"name\":\"Sandbox\",\"provider\":\"sandbox\"}")
                .created();
    }

    /** A post that is due at once; its id. */
    public String webhook(String url, String type) {
        return post("/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"" + type + "\"]}")
                .created();
    }

    public String publishNow(String channel, String content) {
        return post("/v1/posts", postJson(channel, content, "\"publishNow\":true"))
                .created();
    }

    /** A post that waits for its user; its id. */
    public String draft(String channel, String content) {
        return post("/v1/posts", postJson(channel, content, "")).created();
    }

    /** A post that is due then; its id. */
    public String schedule(String channel, String content, Instant at) {
        return post("/v1/posts", postJson(channel, content, "\"scheduledAt\":\"" + at + "\""))
                .created();
    }

    /** What became of a post. */
    public JsonNode getPost(String id) {
        return get("/v1/posts/" + id).ok();
    }

    /**
     * A text may be said twice: only who tests that it may not says that.
     *
     * @param rest further members, such as {@code "publishNow":true}
     */
    public static String postJson(String channel, String content, String rest) {
        return "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel + "\"}]"
                + (rest.isEmpty() ? "" : ",\"allowDuplicate\":true," + rest) + "}";
    }

    /** What the sandbox network shows on a channel, newest first. */
    public List<String> timeline(String channel) {
        List<String> shown = new ArrayList<>();
        for (JsonNode entry :
                get("/v1/channels/" + channel + "/timeline?limit=100").ok().path("data")) {
            shown.add(entry.path("content").asText());
        }
        return shown;
    }

    private static String[] json(String[] headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase("Content-Type")) {
                return headers;
            }
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type");
        all.add("application/json");
        return all.toArray(String[]::new);
    }

    private Answer send(String method, String target, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .method(method, body);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            Answer answer = Answer.of(response);
            DocumentCheck.check(method, target, answer);
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
