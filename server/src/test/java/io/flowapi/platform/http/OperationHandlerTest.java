package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no operation of the document does, on a server of its own. */
class OperationHandlerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static WebServer server;

    private record Answered(Object body) implements Reply {
        @Override
        public int status() {
            return 200;
        }
    }

    @BeforeAll
    static void start() {
        List<Operation> operations = List.of(
                operation("/stack", _ -> {
                    throw new StackOverflowError();
                }),
                operation("/memory", _ -> {
                    throw new OutOfMemoryError();
                }),
                operation("/own", _ -> {
                    throw new IllegalArgumentException("of the handler itself");
                }),
                operation("/header", input -> Map.of("at", String.valueOf(input.header("X-At", Instant.class)))),
                operation("/query", input -> Map.of("at", String.valueOf(input.query("at", Instant.class)))));
        Replies replies = new Replies(() -> "http://flow.test");
        server = WebServer.builder()
                .port(0)
                .routing(routing -> {
                    routing.addFilter(new RequestIdFilter(new ClientAddress(List.of())));
                    new Routes(List.of(), replies, operations).register(routing, new Semaphore(1));
                })
                .build()
                .start();
    }

    private static Operation operation(String path, Function<Input, Object> body) {
        return new Operation(
                path, "GET", path, false, false, null, null, (_, input) -> new Answered(body.apply(input)));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stack", "/memory", "/own"})
    void answers_a_fault_of_ours_and_goes_on(String path) throws Exception {
        HttpResponse<String> fault = get(path);
        HttpResponse<String> next = get("/header");

        assertThat(fault.statusCode()).isEqualTo(500);
        assertThat(fault.body()).contains("\"internal_error\"").doesNotContain("handler itself");
        assertThat(next.statusCode()).isEqualTo(200);
    }

    @Test
    void reads_an_optional_header() throws Exception {
        assertThat(get("/header").body()).contains("null");
        assertThat(get("/header", "X-At", "2026-11-24T05:00:00Z").body()).contains("2026-11-24T05:00:00Z");
    }

    @Test
    void refuses_what_a_schema_let_pass_and_a_type_does_not_take() throws Exception {
        HttpResponse<String> header = get("/header", "X-At", "2026-11-24 05:00:00Z");
        HttpResponse<String> query = get("/query?at=soon");

        assertThat(header.statusCode()).isEqualTo(400);
        assertThat(header.body()).contains("\"invalid_parameter\"", "\"header\":\"X-At\"");
        assertThat(query.statusCode()).isEqualTo(400);
        assertThat(query.body()).contains("\"invalid_parameter\"", "\"parameter\":\"at\"");
    }

    private static HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
