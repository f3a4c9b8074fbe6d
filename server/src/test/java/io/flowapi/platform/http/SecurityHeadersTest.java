package io.flowapi.platform.http;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static io.flowapi.testing.SecurityHeaders.ALWAYS;
import static io.flowapi.testing.SecurityHeaders.hasAlways;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer, whoever gives it, tells browsers what not to do with it. */
class SecurityHeadersTest {

    private static final String TLS_ONLY = "Strict-Transport-Security";

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> every_operation_answers_with_them() {
        TestCaller alice = flow.caller();
        Resources own = Resources.of(flow, alice);
        return each(_ -> true, operation -> {
            byte[] body = operation.hasBody() ? own.body(operation.shortestExample()) : new byte[0];
            hasThem(send(alice, operation, operation.target(own::id), body));
        });
    }

    @TestFactory
    Stream<DynamicTest> every_operation_refuses_with_them() {
        return each(Documented::secured, operation -> {
            hasThem(send(flow.nobody(), operation, operation.target(UNKNOWN)).expect(401));
            hasThem(send(flow.caller(), operation, operation.target(UNKNOWN) + "?unheardOf=1")
                    .expect(400));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/unknown HTTP/1.1",
                "PUT /v1/posts HTTP/1.1",
                "OPTIONS /v1/posts HTTP/1.1",
                "PUT /docs HTTP/1.1",
                "GET /docs HTTP/1.1",
                "GET /docs/page.css HTTP/1.1",
                "GET /openapi.yaml HTTP/1.1",
                "GET /problems HTTP/1.1",
                "GET /problems/not_found HTTP/1.1",
                "GET /health HTTP/1.1",
                "GET /health/liveness HTTP/1.1",
                "GET /v1//posts HTTP/1.1"
            })
    void every_path_has_them(String firstLine) {
        hasThem(Wire.send(flow.port(), firstLine));
    }

    @Test
    void reading_keeps_its_own_policy() {
        assertThat(Wire.send(flow.port(), "GET /docs HTTP/1.1").header("Content-Security-Policy"))
                .contains("script-src 'self'");
    }

    @Test
    void an_answer_without_a_body_has_them() throws Exception {
        String etag = Wire.send(flow.port(), "GET /docs HTTP/1.1").header("ETag");

        hasThem(Wire.send(flow.port(), "GET /docs HTTP/1.1", "If-None-Match: " + etag)
                .expect(304));
        assertThat(everythingAfter("HEAD /docs HTTP/1.1"))
                .startsWith("HTTP/1.1 200")
                .contains(ALWAYS.entrySet().stream()
                        .map(header -> "\r\n" + header.getKey() + ": " + header.getValue() + "\r\n")
                        .toList());
    }

    private static String everythingAfter(String firstLine) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(Wire.head(firstLine, "Connection: close"));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_the_server_refuses_below_every_route_has_them() {
        belowEveryRoute(flow.port()).forEach(SecurityHeadersTest::hasThem);
    }

    @Test
    void production_insists_on_tls_everywhere(@TempDir Path directory) {
        try (ProductionServer production = ProductionServer.start(directory, Map.of())) {
            List<Answer> answers = Stream.concat(
                            Stream.of("/health", "/docs", "/v1/posts", "/v1/unknown")
                                    .map(path -> Wire.send(production.port(), "GET " + path + " HTTP/1.1")),
                            belowEveryRoute(production.port()).stream())
                    .toList();

            assertThat(answers).allSatisfy(answer -> {
                hasAlways(answer);
                assertThat(answer.headers().allValues(TLS_ONLY)).containsExactly("max-age=31536000");
            });
        }
    }

    private static List<Answer> belowEveryRoute(int port) {
        return List.of(
                Wire.send(port, "GET /v1/me HTTP/1.1", "Content-Length: x").expect(400),
                Wire.send(port, "/v1/me HTTP/1.1").expect(400),
                Wire.send(port, "POST /v1/posts HTTP/1.1", "Content-Length: 2000000")
                        .expect(413),
                Wire.send(port, "GET /" + "x".repeat(66_000) + " HTTP/1.1").expect(414),
                Wire.send(port, "GET /v1/me HTTP/1.1", "X-Long: " + "x".repeat(20_000))
                        .expect(431),
                Wire.send(port, "GET /v1/me HTTP/1.1", "X-Long: " + "x".repeat(66_000))
                        .expect(400));
    }

    private static void hasThem(Answer answer) {
        hasAlways(answer);
        assertThat(answer.header(TLS_ONLY)).isEmpty();
    }
}
