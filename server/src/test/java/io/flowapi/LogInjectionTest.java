package io.flowapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.crash.ServerProcess;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.EachOperation;
import io.flowapi.testing.Wire;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would forge a log line, and what must not be in one, in every place of a request that a client can fill. */
@Tag("one-database")
class LogInjectionTest {

    private static final Duration END_MAX = Duration.ofSeconds(30);

    private static final List<String> HEADERS = List.of(
            "Authorization",
            "Accept",
            "Content-Type",
            "Content-Encoding",
            "Cookie",
            "Expect",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Origin",
            "traceparent",
            "Upgrade",
            "User-Agent",
            "X-Forwarded-For",
            "X-Request-Id",
            "X-Unheard-Of");

    @TempDir
    Path directory;

    private final List<String> answered = new ArrayList<>();
    private int port;
    private String key = "";
    private String secret = "";

    @Test
    void every_line_stays_one_object_without_a_secret_and_every_answer_has_one() {
        Map<String, String> json = Map.of("FLOW_LOG_FORMAT", "json", "FLOW_TRUSTED_PROXIES", "127.0.0.0/8");
        try (ServerProcess server = ServerProcess.start(directory.resolve("data"), json)) {
            port = server.url().getPort();
            key = server.told("test key");
            secret = post("/v1/api-keys", "{\"name\":\"Other\"}").expect(201).text("secret");

            sendEverywhere();
            server.askToStop();

            assertThat(server.ends(END_MAX)).isTrue();
            assertThat(String.join("\n", server.output())).doesNotContain(secret, secretPart());
            assertLines(server.errors());
        }
    }

    private void assertLines(String log) {
        List<JsonNode> requests = new ArrayList<>();
        for (String line : log.split("\n")) {
            assertThat(line).matches("[\\x20-\\x7e]+").doesNotContain(secretPart(), key);
            JsonNode object = Json.tree(line);
            assertThat(object.isObject()).as(line).isTrue();
            assertThat(object.has("forged")).as(line).isFalse();
            if (object.has("status")) {
                requests.add(object);
            }
        }
        assertThat(requests.stream().map(line -> line.path("requestId").asText()))
                .hasSizeGreaterThan(500)
                .containsExactlyInAnyOrderElementsOf(answered);
    }

    private String secretPart() {
        return secret.substring(secret.lastIndexOf('_') + 1);
    }

    private List<String> hostile() {
        return List.of(
                secret,
                "Bearer " + secret,
                "x\r\n{\"forged\":true}\r\n" + secret,
                "x\n{\"forged\":true}\n" + secret,
                "\u001b[2J\u001b[31m" + secret,
                "\u2028{\"forged\":true}\u2029" + secret,
                "\",\"forged\":true,\"x\":\"" + secret);
    }

    private void sendEverywhere() {
        for (String hostile : hostile()) {
            HEADERS.forEach(header -> send("POST", "/v1/posts", "{}", header + ": " + hostile));
            send(hostile, "/v1/posts", "");
            send("GET", "/" + hostile, "");
            for (Documented operation : Documented.OPERATIONS) {
                send(operation.method(), operation.target(hostile), example(operation));
                send(operation.method(), target(operation) + "?cursor=" + hostile, example(operation));
                send(operation.method(), target(operation) + "?" + hostile + "=1", example(operation));
                operation.parameters("query").forEach(parameter -> {
                    String name = parameter.path("name").asText();
                    send(operation.method(), target(operation) + "?" + name + "=" + hostile, example(operation));
                });
                if (operation.hasBody()) {
                    bodies(operation, hostile).forEach(body -> send(operation.method(), target(operation), body));
                }
            }
        }
    }

    private static String target(Documented operation) {
        return operation.target(EachOperation.UNKNOWN);
    }

    private static String example(Documented operation) {
        return operation.hasBody() ? operation.shortestExample().toString() : "";
    }

    private static List<String> bodies(Documented operation, String hostile) {
        List<String> bodies = new ArrayList<>();
        operation.schema().path("properties").fieldNames().forEachRemaining(name -> {
            ObjectNode body = operation.shortestExample().put(name, hostile);
            bodies.add(body.toString());
            // As no JSON library would write it.
            bodies.add("{\"" + name + "\":\"" + hostile + "\"}");
        });
        bodies.add(operation.shortestExample().put(hostile, 1).toString());
        bodies.add("{\"" + hostile + "\":1}");
        bodies.add(hostile);
        return bodies;
    }

    private Answer post(String target, String json) {
        Answer answer = Wire.send(port, request("POST", target, json));
        answered.add(answer.header("X-Request-Id"));
        return answer;
    }

    private void send(String method, String target, String body, String... headers) {
        try {
            Answer answer = Wire.send(port, request(method, target, body, headers));
            answered.add(answer.header("X-Request-Id"));
        } catch (UncheckedIOException closed) {
            // No answer, no line.
        }
    }

    private byte[] request(String method, String target, String body, String... headers) {
        byte[] bytes = body.getBytes(UTF_8);
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: flow.test"));
        if (String.join("", headers).startsWith("Authorization")) {
            lines.add("Connection: close");
        } else {
            lines.add("Authorization: Bearer " + key);
        }
        lines.addAll(List.of("Content-Type: application/json", "Content-Length: " + bytes.length));
        lines.addAll(List.of(headers));
        return (String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(UTF_8);
    }
}
