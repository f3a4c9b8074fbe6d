package io.flowapi.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server with a ledger of its own: codes live for 30 seconds and are good for one use with their
 * verifier, refresh tokens are good for one use. It knows no network: another fake mounts it, or it stands alone.
 */
public final class FakeOAuth implements HttpHandler, AutoCloseable {

    public static final String CLIENT_ID = "flow-client";
    public static final String CLIENT_SECRET = "s3cret/of+flow";

    private static final Duration CODE_LIFE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Endpoints at;
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Grant> accessTokens = new HashMap<>();
    private final Map<String, String> refreshTokens = new HashMap<>();
    private final List<String> refreshes = new ArrayList<>();
    private final List<String> exchanges = new ArrayList<>();
    private final List<String> verifiers = new ArrayList<>();
    private final List<String> revoked = new ArrayList<>();
    private final Queue<Fault> faults = new ArrayDeque<>();
    private Duration accessLife = Duration.ofHours(2);
    private boolean givesRefreshTokens = true;
    private boolean rotates = true;
    private @Nullable String denial;
    private String account = "alice";
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private @Nullable HttpServer server;
    private int made;

    /** The paths of a network. */
    public record Endpoints(String authorize, String token, String revoke) {
        public static final Endpoints X = new Endpoints("/i/oauth2/authorize", "/2/oauth2/token", "/2/oauth2/revoke");
        public static final Endpoints LINKEDIN =
                new Endpoints("/oauth/v2/authorization", "/oauth/v2/accessToken", "/oauth/v2/revoke");
    }

    private record Code(String challenge, String redirectUri, String account, Instant until) {}

    private record Grant(String account, Instant until) {}

    /** What somebody has been let in with. */
    public record Granted(String accessToken, @Nullable String refreshToken) {}

    private record Reply(int status, Map<String, ?> body) {}

    /**
     * What happens to a call of the token endpoint.
     *
     * @param status 0 ends the connection without an answer
     */
    private record Fault(int status, String body) {}

    public FakeOAuth(InstantSource clock, Endpoints at) {
        this.clock = clock;
        this.at = at;
    }

    /** By itself, on a port of its own; who else is asked there is said before. */
    public FakeOAuth start(Map<String, HttpHandler> beside) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        mount(server);
        beside.forEach(server::createContext);
        server.start();
        return this;
    }

    /** Into the server of a network. */
    public void mount(HttpServer network) {
        List.of(at.authorize(), at.token(), at.revoke()).forEach(path -> network.createContext(path, this));
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** As after a connection that somebody has made elsewhere. */
    public synchronized Granted grant(String who) {
        Map<String, ?> tokens = tokens(who).body();
        return new Granted((String) tokens.get("access_token"), (String) tokens.get("refresh_token"));
    }

    /** Whose token it is, if it is good. */
    public synchronized Optional<String> accountOf(String accessToken) {
        return Optional.ofNullable(accessTokens.get(accessToken))
                .filter(grant -> clock.instant().isBefore(grant.until()))
                .map(Grant::account);
    }

    /** As above, of a request. */
    public Optional<String> accountOf(HttpExchange request) {
        String shown = request.getRequestHeaders().getFirst("Authorization");
        return shown == null || !shown.startsWith("Bearer ") ? Optional.empty() : accountOf(shown.substring(7));
    }

    /** Who lets the application in from now on. */
    public synchronized void signedIn(String who) {
        account = who;
    }

    /** Whoever is asked says no, in this word; null is a yes. */
    public synchronized void denies(@Nullable String word) {
        denial = word;
    }

    public synchronized void accessTokensLive(Duration life) {
        accessLife = life;
    }

    public synchronized void givesNoRefreshTokens() {
        givesRefreshTokens = false;
    }

    /** A refresh token is good again and again, and none comes back. */
    public synchronized void keepsRefreshTokens() {
        rotates = false;
    }

    /** No access token of before is good any more. */
    public synchronized void endAccessTokens() {
        accessTokens.clear();
    }

    /** As when the owner throws the application out. */
    public synchronized void endGrants() {
        accessTokens.clear();
        refreshTokens.clear();
    }

    /** The next call for tokens is answered so, and not done. */
    public synchronized void nextAnswers(int status, String body) {
        faults.add(new Fault(status, body));
    }

    /** The next call for tokens ends without an answer, and is not done. */
    public synchronized void nextIsLost() {
        faults.add(new Fault(0, ""));
    }

    /** Calls for tokens that come from now on are worked on when they are let through. */
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** The refresh tokens that were sent, good or not. */
    public synchronized List<String> refreshes() {
        return List.copyOf(refreshes);
    }

    /** The codes that were sent, good or not. */
    public synchronized List<String> exchanges() {
        return List.copyOf(exchanges);
    }

    public synchronized List<String> revoked() {
        return List.copyOf(revoked);
    }

    /** The secrets it has given out or has seen: none may be found where it does not belong. */
    public synchronized List<String> secrets() {
        List<String> all = new ArrayList<>(codes.keySet());
        all.addAll(exchanges);
        all.addAll(verifiers);
        all.addAll(accessTokens.keySet());
        all.addAll(refreshTokens.keySet());
        all.addAll(refreshes);
        all.add(CLIENT_SECRET);
        return all;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(at.authorize())) {
                authorize(exchange);
            } else if (path.equals(at.token())) {
                gate.await();
                token(exchange);
            } else {
                send(exchange, revoke(exchange));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever comes here is signed in, and says yes at once. */
    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = pairs(exchange.getRequestURI().getRawQuery());
        if (!asked.getOrDefault("response_type", "").equals("code")
                || !asked.getOrDefault("client_id", "").equals(CLIENT_ID)
                || !asked.getOrDefault("code_challenge_method", "").equals("S256")
                || asked.getOrDefault("state", "").length() < 43) {
            send(exchange, new Reply(400, Map.of("error", "invalid_request")));
            return;
        }
        String answer = answer(asked);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?" + answer + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
    }

    private synchronized String answer(Map<String, String> asked) {
        if (denial != null) {
            return "error=" + denial + "&error_description="
                    + URLEncoder.encode("The owner said no", StandardCharsets.UTF_8);
        }
        String code = "code-" + ++made + "-" + "c".repeat(40);
        Instant until = clock.instant().plus(CODE_LIFE);
        codes.put(code, new Code(asked.get("code_challenge"), asked.get("redirect_uri"), account, until));
        return "code=" + code;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        Fault fault;
        Reply reply = null;
        synchronized (this) {
            fault = faults.poll();
            note(form);
            if (fault == null) {
                reply = knows(exchange, form) ? granted(form) : new Reply(401, Map.of("error", "invalid_client"));
            }
        }
        if (fault == null) {
            send(exchange, reply);
        } else if (fault.status() > 0) {
            send(exchange, fault.status(), fault.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void note(Map<String, String> form) {
        if (form.containsKey("refresh_token")) {
            refreshes.add(form.get("refresh_token"));
        } else {
            exchanges.add(form.getOrDefault("code", ""));
            verifiers.add(form.getOrDefault("code_verifier", ""));
        }
    }

    private Reply granted(Map<String, String> form) {
        return form.getOrDefault("grant_type", "").equals("refresh_token") ? refreshed(form) : exchanged(form);
    }

    private Reply exchanged(Map<String, String> form) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        boolean good = code != null
                && clock.instant().isBefore(code.until())
                && code.redirectUri().equals(form.get("redirect_uri"))
                && code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
        return good ? tokens(code.account()) : refused();
    }

    private Reply refreshed(Map<String, String> form) {
        String sent = form.get("refresh_token");
        String who = rotates ? refreshTokens.remove(sent) : refreshTokens.get(sent);
        if (who == null) {
            return refused();
        }
        Map<String, Object> tokens = new LinkedHashMap<>(tokens(who).body());
        if (!rotates) {
            refreshTokens.remove((String) tokens.remove("refresh_token"));
        }
        return new Reply(200, tokens);
    }

    private static Reply refused() {
        return new Reply(400, Map.of("error", "invalid_grant", "error_description", "It is invalid, used or revoked."));
    }

    private Reply tokens(String who) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        String access = "access-" + ++made + "-" + "a".repeat(40);
        accessTokens.put(access, new Grant(who, clock.instant().plus(accessLife)));
        tokens.put("access_token", access);
        tokens.put("token_type", "bearer");
        tokens.put("expires_in", accessLife.toSeconds());
        if (givesRefreshTokens) {
            String refresh = "refresh-" + made + "-" + "r".repeat(40);
            refreshTokens.put(refresh, who);
            tokens.put("refresh_token", refresh);
        }
        return new Reply(200, tokens);
    }

    private synchronized Reply revoke(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        if (!knows(exchange, form)) {
            return new Reply(401, Map.of("error", "invalid_client"));
        }
        Fault fault = faults.poll();
        if (fault != null) {
            return new Reply(fault.status(), Map.of("error", "temporarily_unavailable"));
        }
        String token = form.getOrDefault("token", "");
        accessTokens.remove(token);
        refreshTokens.remove(token);
        revoked.add(token);
        return new Reply(200, Map.of("revoked", true));
    }

    /** By its secret, in the header or in the form. */
    private static boolean knows(HttpExchange exchange, Map<String, String> form) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return CLIENT_ID.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret"));
        }
        String both = URLEncoder.encode(CLIENT_ID, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8);
        return header.equals("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        return pairs(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        send(exchange, reply.status(), Json.bytes(reply.body()));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        gate.countDown();
        if (server != null) {
            server.stop(0);
        }
    }
}
