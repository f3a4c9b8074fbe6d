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
 * An instance of Mastodon as its documentation describes it, with one account and a ledger of its own. Like a real one it
 * notes an Idempotency-Key only after it has stored the status, for an hour by its clock.
 */
public final class FakeMastodon implements AutoCloseable {

    public static final String TOKEN = "ZA-Yj3aBD8U8Cm7lKUp";
    public static final String ACCOUNT = "109302436954721982";

    private static final Duration KEY_LIFE = Duration.ofHours(1);
    private static final int PAGE_MAX = 40;

    private final HttpServer server;
    private final InstantSource clock;
    private final List<Status> ledger = new ArrayList<>();
    private final Map<String, Noted> keys = new LinkedHashMap<>();
    private String token = TOKEN;
    private int maxCharacters = 500;
    private Duration lag = Duration.ZERO;
    private CountDownLatch gate = new CountDownLatch(0);
    private long lastId = 114_000_000_000_000_000L;

    /** A status as the instance keeps it. */
    public record Status(String id, JsonNode sent, Instant createdAt) {
        public String text() {
            return sent.path("status").asText();
        }
    }

    private record Noted(String status, Instant at) {}

    private record Reply(int status, Object body) {}

    public FakeMastodon(InstantSource clock) {
        this.clock = clock;
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

    /** The texts of all statuses that were ever stored and not deleted, oldest first. */
    public synchronized List<String> texts() {
        return ledger.stream().map(Status::text).toList();
    }

    public synchronized Status only() {
        if (ledger.size() != 1) {
            throw new AssertionError("not one status: " + texts());
        }
        return ledger.getFirst();
    }

    /** What the account's owner posts by hand. */
    public synchronized void byHand(String text) {
        store(Json.tree(Json.text(Map.of("status", text))));
    }

    public synchronized void revokeToken() {
        token = "another";
    }

    public synchronized void takes(int characters) {
        maxCharacters = characters;
    }

    /** Statuses are listed only so long after they were stored. */
    public synchronized void listsAfter(Duration time) {
        lag = time;
    }

    /** Posts that come from now on are worked on when they are let through. */
    public synchronized CountDownLatch holdPosts() {
        gate = new CountDownLatch(1);
        return gate;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!whole(exchange, body)) {
                return; // Cut on its way: no instance works on it.
            }
            Reply reply = reply(exchange, body);
            byte[] json = Json.bytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(reply.status(), json.length);
            exchange.getResponseBody().write(json);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server of the JDK takes a head that ends in its middle for a whole one, without the lines that are missing. */
    private static boolean whole(HttpExchange exchange, byte[] body) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return exchange.getRequestMethod().equals("POST")
                ? Integer.toString(body.length).equals(length)
                : body.length == 0;
    }

    private Reply reply(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (call.equals("POST /api/v1/statuses")) {
            gate.await();
        }
        return answer(exchange, call, body);
    }

    private synchronized Reply answer(HttpExchange exchange, String call, byte[] body) throws IOException {
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(401, Map.of("error", "The access token is invalid"));
        }
        return switch (call) {
            case "GET /api/v1/accounts/verify_credentials" ->
                new Reply(200, Map.of("id", ACCOUNT, "username", "alice", "acct", "alice"));
            case "GET /api/v2/instance" -> new Reply(200, instance());
            case "GET /api/v1/accounts/" + ACCOUNT + "/statuses" ->
                new Reply(200, page(query(exchange.getRequestURI())));
            case "POST /api/v1/statuses" ->
                post(exchange.getRequestHeaders().getFirst("Idempotency-Key"), Json.read(body));
            default -> call.startsWith("DELETE /api/v1/statuses/") ? delete(call) : notFound();
        };
    }

    private Map<String, Object> instance() {
        Map<String, Object> statuses = Map.of("max_characters", maxCharacters, "characters_reserved_per_url", 23);
        return Map.of("domain", "localhost", "configuration", Map.of("statuses", statuses));
    }

    private Reply post(String key, JsonNode sent) {
        Noted noted = key == null ? null : keys.get(key);
        if (noted != null && clock.instant().isBefore(noted.at().plus(KEY_LIFE))) {
            return ledger.stream()
                    .filter(status -> status.id().equals(noted.status()))
                    .findFirst()
                    .map(status -> new Reply(200, shown(status)))
                    .orElseGet(FakeMastodon::notFound);
        }
        String text = sent.path("spoiler_text").asText("") + sent.path("status").asText();
        if (text.codePointCount(0, text.length()) > maxCharacters) {
            return new Reply(
                    422, Map.of("error", "Validation failed: Text character limit of " + maxCharacters + " exceeded"));
        }
        Status status = store(sent);
        if (key != null) {
            keys.put(key, new Noted(status.id(), clock.instant()));
        }
        return new Reply(200, shown(status));
    }

    private Status store(JsonNode sent) {
        Status status = new Status(Long.toString(++lastId), sent, clock.instant());
        ledger.add(status);
        return status;
    }

    private Reply delete(String call) {
        String id = call.substring(call.lastIndexOf('/') + 1);
        return ledger.removeIf(status -> status.id().equals(id)) ? new Reply(200, Map.of("id", id)) : notFound();
    }

    private static Reply notFound() {
        return new Reply(404, Map.of("error", "Record not found"));
    }

    private List<Map<String, Object>> page(Map<String, String> query) {
        long newerThan = Long.parseLong(query.getOrDefault("since_id", "0"));
        long olderThan = Long.parseLong(query.getOrDefault("max_id", Long.toString(Long.MAX_VALUE)));
        int limit = Math.min(PAGE_MAX, Integer.parseInt(query.getOrDefault("limit", "20")));
        return ledger.reversed().stream()
                .filter(status -> !clock.instant().isBefore(status.createdAt().plus(lag)))
                .filter(status -> Long.parseLong(status.id()) > newerThan && Long.parseLong(status.id()) < olderThan)
                .limit(limit)
                .map(this::shown)
                .toList();
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : uri.getQuery().split("&")) {
            query.put(pair.split("=")[0], pair.split("=")[1]);
        }
        return query;
    }

    private Map<String, Object> shown(Status status) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", status.id());
        shown.put("created_at", status.createdAt().toString());
        shown.put("in_reply_to_id", null);
        shown.put("reblog", null);
        shown.put("spoiler_text", status.sent().path("spoiler_text").asText(""));
        shown.put("url", url() + "/@alice/" + status.id());
        shown.put("content", html(status.text()));
        return shown;
    }

    /** Paragraphs and lines as elements, the rest escaped, links and mentions in elements of their own. */
    static String html(String text) {
        String escaped = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
        String linked = escaped.replaceAll(
                        "(https?://)([^\\s&]{1,30})([^\\s&]*)",
                        "<a href=\"$0\" rel=\"nofollow noopener\" target=\"_blank\"><span class=\"invisible\">$1</span>"
                                + "<span class=\"ellipsis\">$2</span><span class=\"invisible\">$3</span></a>")
                .replaceAll(
                        "(?<![\\w/])@(\\w+)(@[\\w.]+\\w)?",
                        "<span class=\"h-card\"><a href=\"https://elsewhere.example/@$1\" class=\"u-url mention\">@<span>$1"
                                + "</span></a></span>");
        return "<p>" + linked.strip().replaceAll("\n{2,}", "</p><p>").replace("\n", "<br />") + "</p>";
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
