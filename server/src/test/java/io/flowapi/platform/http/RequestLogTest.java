package io.flowapi.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RequestLines;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import io.helidon.webserver.WebServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class RequestLogTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    /** This fault is wanted; the log of a test run is for others. */
    private static final Logger FAULTS = Logger.getLogger(ProtocolProblems.class.getName());

    private final RequestLines log = RequestLines.open();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void says_who_did_what_when_from_where_and_what_came_of_it() {
        TestCaller alice = flow.caller();
        JsonNode me = alice.get("/v1/me").ok();

        JsonNode line = line(alice.get("/v1/posts?limit=1"));

        assertThat(fields(line))
                .containsExactly(
                        "time",
                        "requestId",
                        "method",
                        "path",
                        "operation",
                        "status",
                        "ms",
                        "address",
                        "apiKeyId",
                        "userId");
        assertThat(line.path("time").asText()).isEqualTo(flow.clock().instant().toString());
        assertThat(line.path("method").asText()).isEqualTo("GET");
        assertThat(line.path("path").asText()).isEqualTo("/v1/posts");
        assertThat(line.path("operation").asText()).isEqualTo("listPosts");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("ms").isIntegralNumber()).isTrue();
        assertThat(line.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(line.path("apiKeyId")).isEqualTo(me.at("/apiKey/id"));
        assertThat(line.path("userId")).isEqualTo(me.at("/user/id"));
    }

    @Test
    void has_a_line_for_what_an_operation_refuses() {
        JsonNode nobody = line(flow.nobody().get("/v1/me").expect(401));
        JsonNode wrong = line(flow.caller().post("/v1/posts", "{").expect(400));

        assertThat(nobody.path("operation").asText()).isEqualTo("getCaller");
        assertThat(nobody.has("apiKeyId")).isFalse();
        assertThat(wrong.path("status").asInt()).isEqualTo(400);
        assertThat(wrong.has("apiKeyId")).isTrue();
    }

    @Test
    void has_a_line_for_what_is_no_operation() {
        JsonNode unknown = line(flow.nobody().get("/v1/nothing").expect(404));
        JsonNode method = line(flow.nobody().delete("/v1/posts").expect(405));
        JsonNode page = line(Wire.send(flow.port(), "GET /docs HTTP/1.1"));
        JsonNode long_ =
                line(flow.nobody().get("/v1/posts?cursor=" + "x".repeat(1025)).expect(414));

        assertThat(List.of(unknown, method, page, long_)).noneMatch(line -> line.has("operation"));
        assertThat(method.path("status").asInt()).isEqualTo(405);
        assertThat(long_.path("path").asText()).isEqualTo("/v1/posts");
    }

    @Test
    void has_a_line_for_what_is_refused_below_the_filters() {
        Answer body =
                Wire.send(flow.port(), "POST /v1/posts?a=b HTTP/1.1", "Content-Length: 1048577", "X-Request-Id: mine");
        Answer headers = Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "X: " + "x".repeat(70_000));
        Answer target = Wire.send(flow.port(), "GET /" + "x".repeat(70_000) + " HTTP/1.1");
        Answer framing = Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Content-Length: x");
        Answer nothing = Wire.send(flow.port(), "x\r\n\r\n".getBytes(US_ASCII));

        JsonNode line = line(body.isProblem(413, "body_too_large"));
        assertThat(body.header("X-Request-Id")).isEqualTo("mine");
        assertThat(fields(line)).containsExactly("time", "requestId", "method", "path", "status", "address");
        assertThat(line.path("method").asText()).isEqualTo("POST");
        assertThat(line.path("path").asText()).isEqualTo("/v1/posts");
        for (Answer answer : List.of(body, headers, target, framing, nothing)) {
            assertThat(line(answer).path("status").asInt()).isEqualTo(answer.status());
            assertThat(line(answer).path("address").asText()).isEqualTo("127.0.0.1");
        }
    }

    /** The handler reads these and refuses; what is left on the connection must not get an answer of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/api-keys", "/v1/nothing", "/docs", "/v1/posts/%2e"})
    void has_one_line_for_a_body_that_breaks_off(String path) {
        Answer answer = Wire.send(
                flow.port(),
                Wire.head("POST " + path + " HTTP/1.1", "Transfer-Encoding: chunked"),
                "zz\r\n\r\n".getBytes(US_ASCII));

        assertThat(line(answer).path("status").asInt()).isEqualTo(answer.status());
    }

    @Test
    void has_one_line_for_a_fault_that_no_operation_answers() {
        Reading broken = new Reading("/broken", "text/plain", () -> {
            throw new IllegalStateException("planted");
        });
        Replies replies = new Replies(() -> "http://flow.test");
        WebServer server = HttpListener.on(
                new HttpListener.Address("127.0.0.1", 0),
                new AnswerHeaders(false, new CorsOrigins(true, Set.of())),
                new ClientAddress(List.of()),
                replies,
                new Routes(List.of(), replies, List.of()).with(List.of(broken), List.of()),
                new Connections(HttpLimits.STANDARD),
                new RequestWatch(
                        flow.clock(), new RequestMeters(flow.installation().metrics()), FaultReports.none()));
        FAULTS.setLevel(Level.OFF);
        server.start();
        try {
            Answer answer = Wire.send(server.port(), "GET /broken HTTP/1.1", "X-Request-Id: mine");

            JsonNode line = line(answer.isProblem(500, "internal_error"));
            assertThat(line.path("status").asInt()).isEqualTo(500);
            assertThat(line.path("requestId").asText()).isEqualTo("mine");
        } finally {
            server.stop();
            FAULTS.setLevel(null);
        }
    }

    private JsonNode line(Answer answer) {
        assertThat(log.of(answer)).hasSize(1);
        return log.of(answer).getFirst();
    }

    private static List<String> fields(JsonNode line) {
        return line.properties().stream().map(Map.Entry::getKey).toList();
    }
}
