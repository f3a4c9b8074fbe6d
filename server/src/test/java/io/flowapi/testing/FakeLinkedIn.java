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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * LinkedIn as its documentation and its answers in public bug reports describe it, with one member, who looks after one
 * organisation, and a ledger of its own. It takes no content twice for a day, and cuts texts off as LinkedIn does.
 */
public final class FakeLinkedIn implements AutoCloseable {

    public static final String TOKEN = "AQXNnd2kXITHELmWblJigbHEuoFdfRhOwGA";
    public static final String MEMBER = "urn:li:person:yrZCpj2ZYQ";
    public static final String ORGANISATION = "urn:li:organization:2414183";

    private static final Duration KNOWN_AGAIN = Duration.ofDays(1);
    private static final int CHARACTERS_MAX = 3000;
    private static final Set<String> MEMBERS =
            Set.of("author", "commentary", "visibility", "distribution", "lifecycleState", "isReshareDisabledByAuthor");

    private final HttpServer server;
    private final InstantSource clock;
    private final List<Share> ledger = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private final List<String> sent = new ArrayList<>();
    private String token = TOKEN;
    private boolean profileIsReadable = true;
    private int postsADay = Integer.MAX_VALUE;
    private CountDownLatch gate = new CountDownLatch(0);
    private int made;

    /** A post as LinkedIn keeps it. */
    public record Share(String urn, JsonNode sent, Instant createdAt, boolean deleted) {
        public String text() {
            return LittleReader.shown(sent.path("commentary").asText());
        }

        boolean sameAs(JsonNode other) {
            return sent.path("author").equals(other.path("author"))
                    && sent.path("commentary").equals(other.path("commentary"));
        }
    }

    private record Reply(int status, Object body, Map<String, String> headers) {
        Reply(int status, Object body) {
            this(status, body, Map.of());
        }
    }

    public FakeLinkedIn(InstantSource clock) {
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

    /** Everything is as it was at first. */
    public synchronized void forget() {
        gate.countDown();
        gate = new CountDownLatch(0);
        ledger.clear();
        ended.clear();
        sent.clear();
        token = TOKEN;
        profileIsReadable = true;
        postsADay = Integer.MAX_VALUE;
    }

    /** The posts that are shown, oldest first. */
    public synchronized List<Share> shown() {
        return ledger.stream().filter(share -> !share.deleted()).toList();
    }

    public synchronized List<String> texts() {
        return shown().stream().map(Share::text).toList();
    }

    public synchronized Share only() {
        if (shown().size() != 1) {
            throw new AssertionError("not one post: " + texts());
        }
        return shown().getFirst();
    }

    /** The bodies of all requests to post, as they came. */
    public synchronized List<String> bodies() {
        return List.copyOf(sent);
    }

    /** What the member posts by hand. */
    public synchronized Share byHand(String commentary) {
        return store(Json.tree(Json.text(Map.of("author", MEMBER, "commentary", commentary))));
    }

    /** What the member deletes by hand. */
    public synchronized void deleteByHand(String urn) {
        ledger.replaceAll(share ->
                share.urn().equals(urn) ? new Share(share.urn(), share.sent(), share.createdAt(), true) : share);
    }

    public synchronized void revokeToken() {
        token = "another";
    }

    public synchronized void hideProfile() {
        profileIsReadable = false;
    }

    public synchronized void takesADay(int posts) {
        postsADay = posts;
    }

    public synchronized void end(String version) {
        ended.add(version);
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
                return; // Cut on its way: no server works on it.
            }
            if (exchange.getRequestMethod().equals("POST")) {
                gate.await();
            }
            Reply reply = answer(exchange, body);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] json = reply.body().equals("") ? new byte[0] : Json.bytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(reply.status(), json.length == 0 ? -1 : json.length);
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

    private synchronized Reply answer(HttpExchange exchange, byte[] body) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return error(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user");
        }
        if (call.equals("GET /v2/userinfo")) {
            return profileIsReadable
                    ? new Reply(200, Map.of("sub", MEMBER.substring(MEMBER.lastIndexOf(':') + 1), "name", "Alice Flow"))
                    : error(403, "ACCESS_DENIED", "Not enough permissions to access: GET /userinfo");
        }
        String version = exchange.getRequestHeaders().getFirst("LinkedIn-Version");
        if (version == null) {
            return error(400, "VERSION_MISSING", "A version must be present. Please specify a version");
        }
        if (ended.contains(version)) {
            return error(426, "NONEXISTENT_VERSION", "Requested version " + version + " is not active");
        }
        if (!"2.0.0".equals(exchange.getRequestHeaders().getFirst("X-Restli-Protocol-Version"))) {
            return error(400, "ILLEGAL_ARGUMENT", "Invalid X-RestLi-Protocol-Version");
        }
        if (call.startsWith("DELETE /rest/posts/urn%3Ali%3A")) {
            return delete(call.substring("DELETE /rest/posts/".length()).replace("%3A", ":"));
        }
        return call.equals("POST /rest/posts") ? post(new String(body, "UTF-8"), Json.read(body)) : notFound();
    }

    private Reply post(String body, JsonNode post) {
        sent.add(body);
        Set<String> members = new HashSet<>();
        post.fieldNames().forEachRemaining(members::add);
        if (!members.equals(MEMBERS)) {
            return error(422, "MISSING_FIELD", "ERROR :: /author :: field is required but not found");
        }
        if (!Set.of(MEMBER, ORGANISATION).contains(post.path("author").asText())) {
            return error(403, "ACCESS_DENIED", "Field Value validation failed in REQUEST_BODY: /author");
        }
        if (!Set.of("PUBLIC", "CONNECTIONS", "LOGGED_IN")
                .contains(post.path("visibility").asText())) {
            return error(422, "INVALID_VALUE", "ERROR :: /visibility :: enum type is not backed by a String");
        }
        String text = LittleReader.shown(post.path("commentary").asText());
        if (text.codePointCount(0, text.length()) > CHARACTERS_MAX) {
            return error(400, "FIELD_LENGTH_TOO_LONG", "commentary exceeds the maximum length of 3000");
        }
        Instant now = clock.instant();
        Share same = ledger.stream()
                .filter(share ->
                        share.sameAs(post) && now.isBefore(share.createdAt().plus(KNOWN_AGAIN)))
                .findFirst()
                .orElse(null);
        if (same != null) {
            // Of what was deleted it names another post each time, which is not there.
            return error(
                    422, "DUPLICATE_POST", "Content is a duplicate of " + (same.deleted() ? nextUrn() : same.urn()));
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        long madeToday = ledger.stream()
                .filter(share ->
                        LocalDate.ofInstant(share.createdAt(), ZoneOffset.UTC).equals(today))
                .count();
        if (madeToday >= postsADay) {
            return error(429, "TOO_MANY_REQUESTS", "Resource level throttle MEMBER DAY limit for calls is reached.");
        }
        return new Reply(201, "", Map.of("x-restli-id", store(post).urn()));
    }

    private Share store(JsonNode post) {
        ledger.add(new Share(nextUrn(), post, clock.instant(), false));
        return ledger.getLast();
    }

    /** The time stands in the upper bits, as in LinkedIn's own. */
    private String nextUrn() {
        return "urn:li:share:" + ((clock.instant().toEpochMilli() << 22) + ++made);
    }

    private Reply delete(String urn) {
        if (shown().stream().noneMatch(share -> share.urn().equals(urn))) {
            return notFound();
        }
        deleteByHand(urn);
        return new Reply(204, "");
    }

    private static Reply notFound() {
        return error(404, "NOT_FOUND", "Not Found");
    }

    private static Reply error(int status, String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", status);
        error.put("code", code);
        error.put("message", message);
        return new Reply(status, error);
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
