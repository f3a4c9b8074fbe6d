package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final UrlGuard GUARD = new UrlGuard(
            GuardPolicy.development(List.of()), new FixedAnswers(List.of(InetAddress.ofLiteral("127.0.0.1"))));

    private static SSLContext certified;

    @BeforeAll
    static void makeACertificate(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("hooks.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hooks",
                        "-ext",
                        "san=dns:hooks.example.com",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        certified = contextOf(store);
    }

    private static SSLContext contextOf(KeyStore store) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void theNameStaysInTheHandshakeWhileTheVettedAddressIsConnectedTo() throws Exception {
        try (var server = tlsServer();
                var http = new OutgoingHttp(GUARD, 1000, certified)) {
            assertThat(http.send(get("https://hooks.example.com.:" + server.port() + "/")))
                    .isInstanceOf(Answered.class);

            assertThat(server.requests.take()).contains("hooks.example.com").doesNotContain("hooks.example.com.");
        }
    }

    @Test
    void aCertificateForAnotherNameIsNotSentTo() throws Exception {
        try (var server = tlsServer();
                var http = new OutgoingHttp(GUARD, 1000, certified)) {
            assertTlsFailed(http.send(get("https://other.example.com:" + server.port() + "/")));
            assertTlsFailed(http.send(get("https://127.0.0.1:" + server.port() + "/")));
        }
    }

    @Test
    void anUntrustedCertificateIsNotSentTo() throws Exception {
        try (var server = tlsServer();
                var http = new OutgoingHttp(GUARD)) {
            assertTlsFailed(http.send(get("https://hooks.example.com:" + server.port() + "/")));
        }
    }

    @Test
    void aServerWithoutTlsIsNotSentTo() {
        try (var server = LoopbackServer.playing((self, connection) -> {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    self.closesWithin(10_000);
                });
                var http = new OutgoingHttp(GUARD)) {
            assertTlsFailed(http.send(get("https://hooks.example.com:" + server.port() + "/")));
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsNotSentWithinTheDeadline() {
        try (var server = LoopbackServer.playing((self, connection) -> self.closesWithin(10_000));
                var http = new OutgoingHttp(GUARD)) {
            var hasty = new OutgoingRequest(
                    "GET",
                    "https://hooks.example.com:" + server.port() + "/",
                    Map.of(),
                    new byte[0],
                    Duration.ofMillis(200));

            // Whichever clock ends it first, the socket's or the deadline's: nothing of the request was sent.
            assertThat(http.send(hasty)).isInstanceOf(NotSent.class);
        }
    }

    /** Records the server name of the handshake. */
    private static LoopbackServer tlsServer() throws Exception {
        var listener = (SSLServerSocket)
                certified.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        return new LoopbackServer(listener, (self, connection) -> {
            var tls = (SSLSocket) connection;
            tls.startHandshake();
            LoopbackServer.readRequest(tls.getInputStream());
            self.requests.add(((ExtendedSSLSession) tls.getSession())
                    .getRequestedServerNames()
                    .toString());
            tls.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
    }

    private static void assertTlsFailed(OutgoingOutcome outcome) {
        assertThat(outcome)
                .isEqualTo(new NotSent(NotSent.Reason.TLS_FAILED, "No trusted TLS connection could be made."));
    }

    private static OutgoingRequest get(String url) {
        return new OutgoingRequest("GET", url, Map.of(), new byte[0], Duration.ofSeconds(3));
    }
}
