package io.flowapi.testing;

import com.sun.net.httpserver.HttpExchange;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** X, as far as accounts are connected there and post: what it gives tokens for, and to whom. {@link FakeX} is about posts. */
public final class OAuthX implements AutoCloseable {

    public final FakeOAuth tokens;
    private final List<String> posts = new ArrayList<>();
    private volatile Runnable beforePost = () -> {};

    public OAuthX(InstantSource clock) {
        tokens = new FakeOAuth(clock, FakeOAuth.Endpoints.X);
        tokens.start(Map.of("/2/users/me", this::me, "/2/tweets", this::post));
    }

    /** What a server needs to know it. */
    public Map<String, String> settings() {
        return Map.of(
                "FLOW_X_API_URL",
                tokens.url(),
                "FLOW_X_AUTHORIZE_URL",
                tokens.url() + FakeOAuth.Endpoints.X.authorize(),
                "FLOW_X_CLIENT_ID",
                FakeOAuth.CLIENT_ID,
                "FLOW_X_CLIENT_SECRET",
                FakeOAuth.CLIENT_SECRET);
    }

    /** Runs before the next post is looked at; what it throws ends the connection. */
    public void beforeNextPost(Runnable once) {
        beforePost = once;
    }

    public synchronized List<String> posts() {
        return List.copyOf(posts);
    }

    private void me(HttpExchange exchange) throws IOException {
        try (exchange) {
            String who = tokens.accountOf(exchange).orElse(null);
            if (who == null) {
                refuse(exchange);
            } else {
                send(exchange, 200, Map.of("id", Integer.toString(who.length()), "username", who, "name", who));
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        try (exchange) {
            Runnable before = beforePost;
            beforePost = () -> {};
            before.run();
            String text = Json.read(exchange.getRequestBody().readAllBytes())
                    .path("text")
                    .asText();
            if (tokens.accountOf(exchange).isEmpty()) {
                refuse(exchange);
                return;
            }
            send(exchange, 201, Map.of("id", kept(text), "text", text));
        }
    }

    private synchronized String kept(String text) {
        posts.add(text);
        return Long.toString(1_000_000_000L + posts.size());
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        write(
                exchange,
                401,
                Map.of("title", "Unauthorized", "type", "about:blank", "status", 401, "detail", "Unauthorized"));
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> data) throws IOException {
        write(exchange, status, Map.of("data", data));
    }

    private static void write(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = Json.bytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        tokens.close();
    }
}
