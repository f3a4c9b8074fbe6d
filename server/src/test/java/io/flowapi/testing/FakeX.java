package io.flowapi.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * X as its document describes it, with one account and a ledger of its own. It refuses what its document does not allow,
 * where that is at hand, and says a duplicate in X's own words; refresh tokens are good for one use.
 */
public final class FakeX implements AutoCloseable {

    public static final String TOKEN = "VGNibzFWSWRFNDNtbXpmYXI";
    public static final String REFRESH_TOKEN = "bWRWa3tzdE5hSnp0V1JMc2U";
    public static final String ACCOUNT = "2244994945";
    public static final String DUPLICATE =
            "{\"detail\":\"You are not allowed to create a Tweet with duplicate content.\","
                    + "\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403}";
    public static final String UNAUTHORIZED =
            "{\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":401,\"detail\":\"Unauthorized\"}";

    private static final int LIMIT = 100;
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final HttpServer server;
    private final List<String> violations = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private XPosts posts = new XPosts();
    private String token = TOKEN;
    private String refreshToken = REFRESH_TOKEN;
    private int renewals;
    private int accepted;
    private CountDownLatch gate = new CountDownLatch(0);

    /** A post as X keeps it. */
    public record Post(String id, JsonNode sent, Instant createdAt) {
        public String text() {
            return sent.path("text").asText();
        }
    }

    private record Reply(int status, String json) {}

    public FakeX() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** As if nobody had ever called, by this clock. */
    public synchronized void begin(InstantSource clock) {
        this.clock = clock;
        posts = new XPosts();
        token = TOKEN;
        refreshToken = REFRESH_TOKEN;
        renewals = 0;
        accepted = 0;
        gate = new CountDownLatch(0);
        violations.clear();
    }

    /** The texts of all posts that were ever taken and not deleted, oldest first. */
    public synchronized List<String> texts() {
        return posts.all().stream().map(Post::text).toList();
    }

    public synchronized List<Post> posts() {
        return posts.all();
    }

    public synchronized Post only() {
        if (posts.all().size() != 1) {
            throw new AssertionError("not one post: " + texts());
        }
        return posts.all().getFirst();
    }

    /** What the account's owner posts by hand. */
    public synchronized void byHand(String text) {
        posts.add(XPosts.ofText(text), clock.instant());
    }

    /** Posts are shown to readers only so long after they were taken. */
    public synchronized void showsAfter(Duration time) {
        posts.showsAfter(time);
    }

    /** Posts that come from now on are worked on when they are let through. */
    public synchronized CountDownLatch holdPosts() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** The access token is over; the refresh token is not. */
    public synchronized void endToken() {
        token = "ended";
    }

    public synchronized int renewals() {
        return renewals;
    }

    /** What X's document does not allow of what was sent, since it began. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            if (exchange.getRequestMethod().equals("POST")
                    && !Integer.toString(body.length).equals(length)) {
                return; // Cut on its way: nobody works on it.
            }
            Reply reply = reply(exchange, new String(body, StandardCharsets.UTF_8));
            byte[] json = reply.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(reply.status(), json.length);
            exchange.getResponseBody().write(json);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange, String body) throws InterruptedException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (call.equals("POST /2/tweets")) {
            gate.await();
        }
        return answer(exchange, call, body);
    }

    private synchronized Reply answer(HttpExchange exchange, String call, String body) {
        if (call.equals("POST /2/oauth2/token")) {
            return renew(form(body));
        }
        Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
        if (!allowed(exchange, query, body)) {
            return new Reply(
                    400,
                    "{\"title\":\"Invalid Request\",\"detail\":\"One or more parameters to your request was"
                            + " invalid.\",\"type\":\"https://api.x.com/2/problems/invalid-request\"}");
        }
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(401, UNAUTHORIZED);
        }
        return switch (call) {
            case "GET /2/users/me" ->
                ok(200, Map.of("data", Map.of("id", ACCOUNT, "name", "Alice", "username", "alice")));
            case "GET /2/users/" + ACCOUNT + "/tweets" -> ok(200, posts.page(query, clock.instant()));
            case "POST /2/tweets" -> post(exchange, Json.tree(body));
            default -> delete(call.substring(call.lastIndexOf('/') + 1));
        };
    }

    private boolean allowed(HttpExchange exchange, Map<String, String> query, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        List<String> found = XDocument.violations(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query, headers, body);
        violations.addAll(found);
        return found.isEmpty();
    }

    private Reply post(HttpExchange exchange, JsonNode sent) {
        long reset = clock.instant().plus(WINDOW).getEpochSecond();
        exchange.getResponseHeaders().set("x-rate-limit-limit", Integer.toString(LIMIT));
        exchange.getResponseHeaders().set("x-rate-limit-remaining", Integer.toString(LIMIT - ++accepted));
        exchange.getResponseHeaders().set("x-rate-limit-reset", Long.toString(reset));
        return posts.take(sent, clock.instant())
                .map(post -> ok(201, Map.of("data", Map.of("id", post.id(), "text", post.text()))))
                .orElseGet(() -> new Reply(403, DUPLICATE));
    }

    /** Also of one that is gone already. */
    private Reply delete(String id) {
        posts.delete(id);
        return ok(200, Map.of("data", Map.of("deleted", true)));
    }

    private Reply renew(Map<String, String> form) {
        if (!refreshToken.equals(form.get("refresh_token"))) {
            return new Reply(
                    400,
                    "{\"error\":\"invalid_request\",\"error_description\":\"Value passed for the token was"
                            + " invalid.\"}");
        }
        renewals++;
        token = "renewed-" + renewals;
        refreshToken = "refresh-" + renewals;
        return ok(
                200,
                Map.of(
                        "token_type",
                        "bearer",
                        "expires_in",
                        7200,
                        "access_token",
                        token,
                        "refresh_token",
                        refreshToken));
    }

    private static Reply ok(int status, Map<String, ?> body) {
        return new Reply(status, Json.text(body));
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
