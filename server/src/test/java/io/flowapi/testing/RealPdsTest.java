package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.testing.RealPds.Account;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-database")
class RealPdsTest {

    private static RealPds pds;
    private static Account account;
    private static String token;
    private static int keys;

    private final List<CuttingProxy> proxies = new ArrayList<>();

    @BeforeAll
    static void startOnce() throws Exception {
        RealPds.skipWithout();
        pds = RealPds.shared();
        account = pds.createAccount(RealPds.freshHandle());
        token = login(pds.createAppPassword(account, "flow"));
    }

    @AfterEach
    void closeProxies() {
        proxies.forEach(CuttingProxy::close);
    }

    private CuttingProxy proxy() {
        CuttingProxy proxy = CuttingProxy.before(pds.url());
        proxies.add(proxy);
        return proxy;
    }

    private static String login(String password) throws Exception {
        HttpResponse<String> answer = send(
                pds.url(),
                "com.atproto.server.createSession",
                "",
                PlainJson.object("identifier", account.handle(), "password", password));
        return answer.statusCode() == 200
                ? PlainJson.read(answer.body()).at("accessJwt").text()
                : answer.statusCode() + " " + answer.body();
    }

    private static HttpResponse<String> send(URI server, String method, String token, String json) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/xrpc/" + method))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String key() {
        return "3jzfcijpj2z" + (char) ('a' + keys / 26) + (char) ('a' + keys++ % 26);
    }

    private static HttpResponse<String> put(URI server, String key, String text) throws Exception {
        return put(server, token, key, text);
    }

    private static HttpResponse<String> put(URI server, String token, String key, String text) throws Exception {
        String record =
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text + "\",\"createdAt\":\"2026-11-23T04:00:00Z\"}";
        String json = "{\"repo\":\"" + account.did() + "\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + key
                + "\",\"swapRecord\":null,\"record\":" + record + "}";
        return send(server, "com.atproto.repo.putRecord", token, json);
    }

    private static long posts(String text) {
        return pds.listPosts(account.did()).stream()
                .filter(post -> post.text().equals(text))
                .count();
    }

    @Test
    void readsTextAsItIs() throws Exception {
        put(pds.url(), key(), "a \\\"quote\\\", a \\\\ and \\u00e9\\ud83d\\ude00");
        assertThat(pds.listPosts(account.did()).stream().map(RealPds.Post::text))
                .contains("a \"quote\", a \\ and é😀");
    }

    @Test
    void pagesThroughAllPosts() throws Exception {
        Account other = pds.createAccount(RealPds.freshHandle());
        StringBuilder writes = new StringBuilder();
        for (int i = 0; i < 103; i++) {
            writes.append(i == 0 ? "" : ",")
                    .append("{\"$type\":\"com.atproto.repo.applyWrites#create\",\"collection\":\"app.bsky.feed.post\",")
                    .append("\"value\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"n\",")
                    .append("\"createdAt\":\"2026-11-23T04:00:00Z\"}}");
        }
        String json = "{\"repo\":\"" + other.did() + "\",\"writes\":[" + writes + "]}";
        assertThat(send(pds.url(), "com.atproto.repo.applyWrites", other.token(), json)
                        .statusCode())
                .isEqualTo(200);
        assertThat(pds.listPosts(other.did())).hasSize(103).doesNotHaveDuplicates();
    }

    @Test
    void revokesDeactivatesAndDeletes() throws Exception {
        String password = pds.createAppPassword(account, "other");
        assertThat(login(password)).startsWith("eyJ");
        pds.revokeAppPassword(account, "other");
        assertThat(login(password)).startsWith("401");
        assertThat(put(pds.url(), pds.expiredToken(account), key(), "x").body()).contains("ExpiredToken");
        String made = PdsTokens.accessToken(
                account.did(), Instant.now(), Instant.now().plusSeconds(60));
        assertThat(put(pds.url(), made, key(), "by a made token").statusCode()).isEqualTo(200);
        Account gone = pds.createAccount(RealPds.freshHandle());
        pds.deactivate(gone);
        pds.delete(gone);
        assertThatThrownBy(() -> pds.listPosts(gone.did())).hasMessageContaining("Could not find repo");
    }

    @Test
    void survivesKillStopAndSuspension() throws Exception {
        String key = key();
        put(pds.url(), key, "survives");
        pds.kill();
        assertThatThrownBy(() -> put(pds.url(), key, "x")).isInstanceOf(ConnectException.class);
        pds.start();
        pds.stop();
        assertThatThrownBy(() -> put(pds.url(), key, "x")).isInstanceOf(ConnectException.class);
        pds.start();
        assertThat(posts("survives")).isEqualTo(1);
        assertThat(put(pds.url(), key, "survives").statusCode()).isEqualTo(200);
        pds.suspend();
        assertThatThrownBy(() -> put(pds.url(), key(), "late")).isInstanceOf(HttpTimeoutException.class);
        pds.resume();
        // What was sent to a suspended server is done when it goes on: it was in the socket.
        Await.within(Duration.ofSeconds(5), () -> posts("late") == 1);
        pds.suspend();
        pds.kill();
        pds.start();
        assertThat(posts("survives")).isEqualTo(1);
    }

    @Test
    void forwardsAndCounts() throws Exception {
        CuttingProxy proxy = proxy();
        assertThat(put(proxy.url(), key(), "forwarded").statusCode()).isEqualTo(200);
        assertThat(put(proxy.url(), key(), "forwarded").statusCode()).isEqualTo(200);
        assertThat(proxy.connections()).isEqualTo(2);
        assertThat(proxy.requests())
                .hasSize(2)
                .allMatch(line -> line.startsWith("POST /xrpc/com.atproto.repo.putRecord"));
        assertThat(posts("forwarded")).isEqualTo(2);
    }

    @Test
    void refuses() throws Exception {
        CuttingProxy proxy = proxy();
        proxy.refuse();
        assertThatThrownBy(() -> put(proxy.url(), key(), "refused")).isInstanceOf(ConnectException.class);
        proxy.listen();
        assertThat(put(proxy.url(), key(), "then").statusCode()).isEqualTo(200);
        assertThat(posts("refused")).isZero();
    }

    @Test
    void cutsBefore() throws Exception {
        CuttingProxy proxy = proxy();
        proxy.next(1, Treatment.cutAtOnce());
        proxy.next(1, Treatment.cutAfterRequestBytes(300));
        proxy.next(1, Treatment.cutAfterRequestBytes(30).withReset());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> put(proxy.url(), key(), "cut")).isInstanceOf(IOException.class);
        }
        assertThat(put(proxy.url(), key(), "kept").statusCode()).isEqualTo(200);
        assertThat(posts("cut")).isZero();
    }

    @Test
    void cutsAfterCommit() throws Exception {
        CuttingProxy proxy = proxy();
        String key = key();
        proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        proxy.next(1, "putRecord", Treatment.cutBeforeAnswer().withReset());
        proxy.next(1, "putRecord", Treatment.cutAfterAnswerBytes(40));
        proxy.next(1, "putRecord", Treatment.cutAfterAnswerBytes(450));
        assertThat(send(proxy.url(), "com.atproto.server.createSession", "", "{}")
                        .statusCode())
                .isEqualTo(400);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> put(proxy.url(), key, "committed")).isInstanceOf(IOException.class);
            assertThat(posts("committed")).isEqualTo(1);
        }
        HttpResponse<String> last = put(proxy.url(), key, "committed");
        assertThat(last.body()).contains("valid").doesNotContain("commit\"");
        assertThat(posts("committed")).isEqualTo(1);
    }

    @Test
    void holdsAnAnswer() throws Exception {
        CuttingProxy proxy = proxy();
        Hold hold = new Hold();
        proxy.next(1, hold);
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(put(proxy.url(), key(), "held").statusCode());
            } catch (Exception failed) {
                answer.completeExceptionally(failed);
            }
        });
        hold.awaitAnswer(Duration.ofSeconds(5));
        assertThat(posts("held")).isEqualTo(1);
        assertThat(answer).isNotDone();
        hold.release();
        assertThat(answer.get()).isEqualTo(200);
    }

    @Test
    void isSilentSlowAndWrong() throws Exception {
        CuttingProxy proxy = proxy();
        proxy.next(1, Treatment.silence());
        assertThatThrownBy(() -> put(proxy.url(), key(), "s1")).isInstanceOf(HttpTimeoutException.class);
        proxy.next(1, Treatment.silenceInsteadOfAnswer());
        assertThatThrownBy(() -> put(proxy.url(), key(), "s2")).isInstanceOf(HttpTimeoutException.class);
        assertThat(posts("s1")).isZero();
        assertThat(posts("s2")).isEqualTo(1);
        proxy.next(1, Treatment.slowly(500));
        long start = System.nanoTime();
        assertThat(put(proxy.url(), key(), "slow").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        proxy.next(1, Treatment.forward().after(Duration.ofMillis(300)));
        assertThat(put(proxy.url(), key(), "delayed").statusCode()).isEqualTo(200);
        proxy.otherwise(Treatment.answer(429, "{\"error\":\"RateLimitExceeded\"}", "Retry-After: 7"));
        HttpResponse<String> limited = put(proxy.url(), key(), "429");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("7");
        proxy.otherwise(Treatment.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nnojso"));
        assertThat(put(proxy.url(), key(), "garbage").body()).isEqualTo("nojso");
        proxy.otherwise(Treatment.raw("\u0000\u0001garbage\r\n\r\n"));
        assertThatThrownBy(() -> put(proxy.url(), key(), "garbage")).isInstanceOf(IOException.class);
        proxy.behave();
        assertThat(put(proxy.url(), key(), "well").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherServerNamesTheProxyInItsAccounts() throws Exception {
        try (RealPds other = RealPds.with("--rate-limits", "off", "--public-url", "http://localhost:1")) {
            Account named = other.createAccount("proxied.test");
            String body = send(
                            other.url(),
                            "com.atproto.server.createSession",
                            "",
                            PlainJson.object("identifier", named.handle(), "password", named.password()))
                    .body();
            assertThat(body).contains("\"serviceEndpoint\":\"http://localhost:1\"");
        }
    }
}
