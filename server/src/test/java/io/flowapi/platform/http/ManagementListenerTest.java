package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RequestLines;
import io.flowapi.testing.Scrape;
import io.flowapi.testing.TestClock;
import io.flowapi.testing.Wire;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the figures are read, and where they are not. */
@Tag("one-database")
class ManagementListenerTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TempDir
    Path directory;

    private static Answer ask(String firstLine, String... headers) {
        return Wire.send(flow.managementPort(), firstLine, headers);
    }

    @Test
    void gives_the_figures_as_prometheus_reads_them() {
        Answer answer = ask("GET /metrics HTTP/1.1").expect(200);

        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.text()).contains("\nflow_build_info{").endsWith("\n");
    }

    @Test
    void the_public_port_knows_nothing_of_them() {
        Wire.send(flow.port(), "GET /metrics HTTP/1.1").isProblem(404, "route_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics/",
                "/metricsx",
                "/v1/me",
                "/health/liveness",
                "/docs",
                "/openapi.yaml",
                "/problems"
            })
    void gives_nothing_else(String path) {
        ask("GET " + path + " HTTP/1.1").isProblem(404, "route_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%6detrics", "/x/../metrics", "//metrics", "/metrics;x=1", "/metrics%00"})
    void a_path_that_can_be_read_in_two_ways_is_refused(String path) {
        ask("GET " + path + " HTTP/1.1").isProblem(400, "malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "OPTIONS", "TRACE"})
    void is_only_read(String method) {
        Answer refused = ask(method + " /metrics HTTP/1.1").isProblem(405, "method_not_allowed");

        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void every_answer_has_the_security_headers_and_none_is_for_another_origin() {
        for (Answer answer : new Answer[] {
            ask("GET /metrics HTTP/1.1", "Origin: http://localhost:3000"),
            ask("GET /other HTTP/1.1", "Origin: http://localhost:3000"),
            ask("GET /metrics HTTP/1.1", "Content-Length: x", "Origin: http://localhost:3000")
        }) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("X-Request-Id")).isNotEmpty();
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void a_body_is_not_taken() {
        byte[] head = Wire.head("POST /metrics HTTP/1.1", "Content-Length: 5");

        Wire.send(flow.managementPort(), head, "hello".getBytes(StandardCharsets.UTF_8))
                .isProblem(413, "body_too_large");
    }

    @Test
    void its_own_answers_are_neither_logged_nor_counted_among_those_of_the_public_port() {
        try (RequestLines lines = RequestLines.open()) {
            double before = Scrape.of(flow.managementPort()).sum("flow_http_protocol_refusals_total");

            ask("GET /metrics HTTP/1.1", "Content-Length: x").expect(400);
            ask("GET /other HTTP/1.1").expect(404);

            assertThat(Scrape.of(flow.managementPort()).sum("flow_http_protocol_refusals_total"))
                    .isEqualTo(before);
            assertThat(lines.all()).isEmpty();
        }
    }

    @Test
    void a_worker_without_a_public_port_has_them_too() {
        Map<String, String> settings = Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString());
        Config config = Config.from(settings, Config.Role.WORKER);
        try (Installation installation = Installation.open(config, new TestClock());
                FlowServer worker = new FlowServer(config, installation)) {
            worker.start();

            assertThat(Scrape.of(worker.managementPort()).has("flow_build_info", "role", "worker"))
                    .isTrue();
        }
    }

    @Test
    void a_port_that_nobody_has_chosen_may_be_taken() throws IOException {
        try (ServerSocket usual = new ServerSocket();
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            take(usual);
            String port = "" + free.getLocalPort();
            free.close();
            Config config = Config.from(Map.of("FLOW_PORT", port, "FLOW_DATA_DIR", directory.toString()));
            try (Installation installation = Installation.open(config, new TestClock());
                    FlowServer server = new FlowServer(config, installation)) {
                server.start();

                assertThat(server.managementPort())
                        .isNotEqualTo(config.management().port());
                assertThat(Scrape.of(server.managementPort()).has("flow_build_info"))
                        .isTrue();
            }
        }
    }

    /** Whoever has it already serves as well. */
    private static void take(ServerSocket usual) throws IOException {
        try {
            usual.bind(new InetSocketAddress("127.0.0.1", 9090));
        } catch (BindException taken) {
            assertThat(usual.isBound()).isFalse();
        }
    }

    @Test
    void a_port_that_is_taken_stops_the_start_and_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Config config = Config.from(Map.of(
                    "FLOW_PORT",
                    "0",
                    "FLOW_DATA_DIR",
                    directory.toString(),
                    "FLOW_MANAGEMENT_PORT",
                    "" + taken.getLocalPort()));
            try (Installation installation = Installation.open(config, new TestClock());
                    FlowServer server = new FlowServer(config, installation)) {
                assertThatThrownBy(server::start)
                        .hasMessageContaining("FLOW_MANAGEMENT_PORT")
                        .hasMessageContaining("" + taken.getLocalPort())
                        .hasMessageContaining("in use");
            }
        }
    }
}
