package io.flowapi.platform.net;

import static io.flowapi.platform.net.LoopbackServer.answering;
import static io.flowapi.platform.net.LoopbackServer.readRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.LoopbackServer.Script;
import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import io.flowapi.platform.net.OutgoingOutcome.Unsure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classification that publishing once rests on. */
class OutgoingFailuresTest {
    private static final Duration DEADLINE = Duration.ofMillis(250);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int BODY_MAX = 1000;
    private static final Script SILENT = (server, connection) -> {
        server.requests.add("connected");
        server.closesWithin(10_000);
    };

    private final OutgoingHttp http = outgoing(name -> List.of(InetAddress.ofLiteral("127.0.0.1")));

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aDeniedUrlIsNotSent() {
        assertThat(http.send(post("http://10.0.0.1/")))
                .isEqualTo(new NotSent(NotSent.Reason.DENIED, Denial.ADDRESS.advice()));
    }

    @Test
    void anUnresolvableNameIsNotSent() {
        try (OutgoingHttp nowhere = outgoing(name -> List.of())) {
            assertThat(nowhere.send(post("http://hooks.example.com/")))
                    .isEqualTo(new NotSent(NotSent.Reason.UNRESOLVABLE, Denial.UNRESOLVABLE.advice()));
        }
    }

    @Test
    void aNameThatCouldNotBeAskedForIsNotSentAndNotCalledUnresolvable() {
        Resolver busy = name -> {
            throw new LookupsBusyException();
        };
        try (OutgoingHttp http = outgoing(busy)) {
            assertThat(http.send(post("http://hooks.example.com/")))
                    .isEqualTo(new NotSent(NotSent.Reason.BUSY, Denial.BUSY.advice()));
        }
    }

    @Test
    void aResolverThatHangsIsNotSentWithinTheDeadline() {
        var never = new CountDownLatch(1);
        try (OutgoingHttp hanging = outgoing(name -> {
            awaitForever(never);
            return List.of();
        })) {
            long start = System.nanoTime();

            OutgoingOutcome outcome = hanging.send(post("http://hooks.example.com/"));

            assertNotSent(outcome, NotSent.Reason.DEADLINE);
            assertWithinDeadline(start);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws IOException {
        // Bound and never listening: a port that was listened on and closed may still take a connection, or be our own.
        try (Socket nobodyListens = new Socket()) {
            nobodyListens.bind(new InetSocketAddress("127.0.0.1", 0));

            assertNotSent(
                    http.send(post("http://127.0.0.1:" + nobodyListens.getLocalPort() + "/")),
                    NotSent.Reason.NOT_CONNECTED);
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() {
        try (var server = LoopbackServer.at("127.0.0.3", 0, answering("HTTP/1.1 204 No\r\n\r\n"));
                OutgoingHttp two = outgoing(
                        name -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.3")))) {
            assertThat(two.send(post("http://hooks.example.com:" + server.port() + "/")))
                    .isInstanceOf(Answered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nab",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void aBrokenAnswerIsUnsure(String answer) {
        try (var server = LoopbackServer.playing(answering(answer))) {
            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.BROKEN);
        }
    }

    @Test
    void headersWithoutEndAreUnsure() {
        String lines = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(200) + "Content-Length: 0\r\n\r\n";
        String line = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000) + "\r\nContent-Length: 0\r\n\r\n";
        try (var many = LoopbackServer.playing(answering(lines));
                var wide = LoopbackServer.playing(answering(line))) {
            assertUnsure(http.send(post("http://127.0.0.1:" + many.port() + "/")), Unsure.Reason.BROKEN);
            assertUnsure(http.send(post("http://127.0.0.1:" + wide.port() + "/")), Unsure.Reason.BROKEN);
        }
    }

    @Test
    void aResetAfterTheRequestIsUnsure() {
        try (var server = LoopbackServer.playing((self, connection) -> {
            readRequest(connection.getInputStream());
            connection.setSoLinger(true, 0);
        })) {
            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.BROKEN);
        }
    }

    @Test
    void aResetAroundTheFirstByteIsNeverAnAnswer() {
        try (var server = LoopbackServer.playing((self, connection) -> connection.setSoLinger(true, 0))) {
            assertThat(http.send(post("http://127.0.0.1:" + server.port() + "/")))
                    .isInstanceOfAny(Unsure.class, NotSent.class);
        }
    }

    @Test
    void aBodyOverTheLimitIsUnsureAndAtTheLimitIsAnswered() {
        try (var server = LoopbackServer.playing(answering(answerOf(BODY_MAX)))) {
            assertThat(http.send(post("http://127.0.0.1:" + server.port() + "/")))
                    .isInstanceOf(Answered.class);
        }
        try (var server = LoopbackServer.playing(answering(answerOf(BODY_MAX + 1)))) {
            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.OVERSIZED);
        }
    }

    @Test
    void aBodyWithoutEndIsCutOffBeforeTheDeadline() {
        byte[] noise = new byte[64 * 1024];
        try (var server = LoopbackServer.playing((self, connection) -> {
            readRequest(connection.getInputStream());
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!self.closesWithin(0)) {
                connection.getOutputStream().write(noise);
            }
        })) {
            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.OVERSIZED);
        }
    }

    @Test
    void aSilentServerIsUnsureWithinTheDeadline() {
        try (var server = LoopbackServer.playing(SILENT)) {
            long start = System.nanoTime();

            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.DEADLINE);
            assertWithinDeadline(start);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-Drip: ",
                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"
            })
    void aDrippingServerIsUnsureWithinTheDeadlineAndIsHungUpOn(String start) throws InterruptedException {
        try (var server = LoopbackServer.playing((self, connection) -> {
            readRequest(connection.getInputStream());
            connection.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
            while (!self.closesWithin(20)) {
                connection.getOutputStream().write('.');
            }
        })) {
            long begin = System.nanoTime();

            assertUnsure(http.send(post("http://127.0.0.1:" + server.port() + "/")), Unsure.Reason.DEADLINE);
            assertWithinDeadline(begin);
            assertThat(server.requests.take()).isEqualTo("broken");
        }
    }

    @Test
    void aServerThatDoesNotReadTheRequestIsUnsure() {
        try (var server = LoopbackServer.playing(SILENT)) {
            var large = new OutgoingRequest(
                    "POST", "http://127.0.0.1:" + server.port() + "/", Map.of(), new byte[16 << 20], DEADLINE);
            long start = System.nanoTime();

            assertUnsure(http.send(large), Unsure.Reason.DEADLINE);
            assertWithinDeadline(start);
        }
    }

    @Test
    void anInterruptedCallerIsToldWhatIsKnownAndStaysInterrupted() throws Exception {
        try (var server = LoopbackServer.playing(SILENT)) {
            var outcome = new CompletableFuture<OutgoingOutcome>();
            var interrupted = new CompletableFuture<Boolean>();
            Thread caller = Thread.ofVirtual().start(() -> {
                outcome.complete(http.send(patient(server)));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            server.requests.take();

            caller.interrupt();

            assertThat(outcome.get()).isInstanceOfAny(Unsure.class, NotSent.class);
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void closingBreaksOffCallsUnderWayAndRefusesNewOnes() throws Exception {
        try (var server = LoopbackServer.playing((self, connection) -> {
            self.requests.add(readRequest(connection.getInputStream()));
            self.closesWithin(10_000);
        })) {
            var outcome = CompletableFuture.supplyAsync(() -> http.send(patient(server)));
            server.requests.take();

            http.close();

            assertUnsure(outcome.get(), Unsure.Reason.STOPPED);
            assertNotSent(http.send(patient(server)), NotSent.Reason.STOPPED);
        }
    }

    private static OutgoingHttp outgoing(Resolver resolver) {
        return new OutgoingHttp(new UrlGuard(GuardPolicy.development(List.of()), resolver), BODY_MAX);
    }

    private static OutgoingRequest post(String url) {
        return new OutgoingRequest("POST", url, Map.of(), "{}".getBytes(StandardCharsets.UTF_8), DEADLINE);
    }

    private static OutgoingRequest patient(LoopbackServer server) {
        String url = "http://127.0.0.1:" + server.port() + "/";
        return new OutgoingRequest("POST", url, Map.of(), new byte[2], Duration.ofSeconds(10));
    }

    private static String answerOf(int bytes) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
    }

    private static void awaitForever(CountDownLatch released) {
        try {
            released.await();
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertNotSent(OutgoingOutcome outcome, NotSent.Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotSent.class, notSent -> assertThat(notSent.reason()).isEqualTo(reason));
    }

    private static void assertUnsure(OutgoingOutcome outcome, Unsure.Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Unsure.class, unsure -> assertThat(unsure.reason()).isEqualTo(reason));
    }

    private static void assertWithinDeadline(long startNanos) {
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(DEADLINE.plus(GRACE));
    }
}
