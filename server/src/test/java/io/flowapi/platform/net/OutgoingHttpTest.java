package io.flowapi.platform.net;

import static io.flowapi.platform.net.LoopbackServer.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.platform.net.OutgoingOutcome.Answered;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingHttpTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: 1\r\nX-One: 2\r\n\r\nhi";
    private static final Resolver LOOPBACK = new FixedAnswers(List.of(InetAddress.ofLiteral("127.0.0.1")));

    private final OutgoingHttp http =
            new OutgoingHttp(new UrlGuard(GuardPolicy.development(List.of()), LOOPBACK), 1000);

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void theAnswerIsReturnedWhole() {
        try (var server = LoopbackServer.playing(answering(OK))) {
            OutgoingOutcome outcome = http.send(get("http://localhost:" + server.port() + "/"));

            assertThat(outcome).isInstanceOfSatisfying(Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(200);
                assertThat(answered.headers()).containsEntry("x-one", List.of("1", "2"));
                assertThat(answered.header("X-One")).contains("1");
                assertThat(answered.body()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
            });
        }
    }

    @Test
    void theRequestCarriesWhatWasGivenAndNothingOfOurs() throws InterruptedException {
        try (var server = LoopbackServer.playing(answering(OK))) {
            http.send(new OutgoingRequest(
                    "POST",
                    "http://Hooks.Example.com.:" + server.port() + "/a%20b//c?d=e&f#g",
                    Map.of("Content-Type", "application/json", "User-Agent", "flow"),
                    "{\"é\":1}".getBytes(StandardCharsets.UTF_8),
                    Duration.ofSeconds(2)));

            assertThat(server.requests.take().split("\r\n"))
                    .containsExactlyInAnyOrder(
                            "POST /a%20b//c?d=e&f HTTP/1.1",
                            "Host: hooks.example.com:" + server.port(),
                            "Content-Type: application/json",
                            "User-Agent: flow",
                            "Content-Length: 8",
                            "Connection: close",
                            "",
                            "{\"Ã©\":1}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        "?a=b,/?a=b",
        "/?,/?",
        "//a,//a",
        "//evil.example/a,//evil.example/a",
        "/a/../b,/a/../b",
        "/@x:1,/@x:1"
    })
    void thePathIsSentAsItWasWritten(String written, String sent) throws InterruptedException {
        try (var server = LoopbackServer.playing(answering(OK))) {
            http.send(get("http://127.0.0.1:" + server.port() + written));

            assertThat(server.requests.take())
                    .startsWith("GET " + sent + " HTTP/1.1\r\n")
                    .contains("\r\nHost: 127.0.0.1:" + server.port() + "\r\n");
        }
    }

    @Test
    void ipv6LiteralsAreCalledToo() throws InterruptedException {
        try (var server = LoopbackServer.at("::1", 0, answering(OK))) {
            assertThat(http.send(get("HTTP://[::1]:" + server.port() + "/"))).isInstanceOf(Answered.class);
            assertThat(server.requests.take()).contains("\r\nHost: [::1]:" + server.port() + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreReturnedAndNotFollowed(int status) {
        try (var target = LoopbackServer.playing(answering(OK));
                var server = LoopbackServer.playing(
                        answering("HTTP/1.1 " + status + " Moved\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                                + target.port() + "/\r\n\r\n"))) {
            OutgoingOutcome outcome = http.send(get("http://127.0.0.1:" + server.port() + "/"));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(status));
            assertThat(server.connections).hasValue(1);
            assertThat(target.connections).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=x",
                "407 Proxy\r\nProxy-Authenticate: Basic realm=x",
                "408 Timeout",
                "421 Misdirected",
                "429 Slow down\r\nRetry-After: 0",
                "503 Unavailable\r\nRetry-After: 0"
            })
    void noAnswerMakesTheRequestGoOutTwice(String answer) {
        try (var server = LoopbackServer.playing(answering("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(http.send(get("http://127.0.0.1:" + server.port() + "/")))
                    .isInstanceOf(Answered.class);

            assertThat(server.requests).hasSize(1);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void cookiesAreNotSentBackAndConnectionsAreNotUsedTwice() throws InterruptedException {
        try (var server = LoopbackServer.playing(
                answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"))) {
            http.send(get("http://127.0.0.1:" + server.port() + "/"));
            http.send(get("http://127.0.0.1:" + server.port() + "/"));

            server.requests.take();
            assertThat(server.requests.take()).doesNotContainIgnoringCase("cookie");
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void aCompressedAnswerIsNotUnpacked() {
        try (var server = LoopbackServer.playing(
                answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"))) {
            assertThat(http.send(get("http://127.0.0.1:" + server.port() + "/")))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.body()).hasSize(3));
        }
    }

    @Test
    void framingAndHeadersThatCouldSmuggleAreRefused() {
        Map<String, String> smuggled = Map.of("X-A", "1\r\nX-B: 2");
        byte[] body = new byte[0];
        Duration deadline = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new OutgoingRequest("GET", "http://a.example", smuggled, body, deadline))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutgoingRequest("GET", "http://a.example", Map.of("hOst", "b"), body, deadline))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutgoingRequest("GET /", "http://a.example", Map.of(), body, deadline))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutgoingRequest("GET", "http://a.example", Map.of(), body, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Every network is called through this. */
    @Test
    void noCallMayLastLongerThanThirtySeconds() {
        byte[] body = new byte[0];
        Duration tooLong = Duration.ofSeconds(30).plusNanos(1);

        assertThatThrownBy(() -> new OutgoingRequest("GET", "http://a.example", Map.of(), body, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void requestsAreNotLoggedHoweverTalkativeTheLogIs() {
        assertThat(List.of("org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers"))
                .allSatisfy(
                        name -> assertThat(Logger.getLogger(name).getLevel()).isEqualTo(Level.OFF));
    }

    private static OutgoingRequest get(String url) {
        return new OutgoingRequest("GET", url, Map.of(), new byte[0], Duration.ofSeconds(2));
    }
}
