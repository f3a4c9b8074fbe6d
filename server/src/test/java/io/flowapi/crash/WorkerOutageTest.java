package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import io.flowapi.testing.PostgresServer;
import io.flowapi.testing.Suspension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one PostgreSQL: one takes requests, the other works on what is due, until it hangs or is gone. */
@Tag("one-database")
@Timeout(180)
class WorkerOutageTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int POSTS = 5;

    @TempDir
    static Path directory;

    private static Map<String, String> environment;
    private static ServerProcess server;
    private static Api api;
    private static Sandbox sandbox;

    private final List<String> contents = new ArrayList<>();

    @BeforeAll
    static void start() {
        environment = Map.of(
                "DATABASE_URL",
                PostgresServer.freshDatabaseUrl(),
                "FLOW_ENCRYPTION_KEY",
                "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        server = ServerProcess.start(List.of(), directory.resolve("api"), environment, "--role=api");
        api = new Api(server.url(), server.told("test key"));
        sandbox = new Sandbox(server.told("sandbox channel"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void while_it_hangs_posts_are_accepted_and_when_it_goes_on_they_go_out_once() {
        try (ServerProcess worker = ServerProcess.worker(directory.resolve("hangs"), environment)) {
            isHealthy();
            try (Suspension hung = worker.suspend()) {
                acceptsWithoutIt();
            }
            publishesWhatWasAccepted();
        }
    }

    @Test
    void when_it_is_gone_posts_are_accepted_and_another_sends_them_once() {
        try (ServerProcess worker = ServerProcess.worker(directory.resolve("dies"), environment)) {
            isHealthy();
            worker.kill();
            acceptsWithoutIt();
        }
        try (ServerProcess next = ServerProcess.worker(directory.resolve("next"), environment)) {
            publishesWhatWasAccepted();
        }
    }

    private static void isHealthy() {
        Await.within(WITHIN, () -> health().equals("200 healthy, queue ok"));
    }

    private void publishesWhatWasAccepted() {
        isHealthy();
        Await.within(WITHIN, () -> api.all("/v1/posts?status=publishing").isEmpty());
        assertThat(sandbox.timeline(api)).doesNotHaveDuplicates().containsAll(contents);
        assertThat(api.all("/v1/posts?status=published"))
                .extracting(post -> post.path("content").asText())
                .containsAll(contents);
    }

    private void acceptsWithoutIt() {
        try (DatabaseLock database = DatabaseLock.take(directory, environment)) {
            database.endHeartbeats();
        }
        Await.within(WITHIN, () -> health().equals("200 degraded, queue error"));
        publishSome();
        assertThat(api.ready()).isTrue();
        assertThat(answer("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(api.all("/v1/posts?status=publishing"))
                .extracting(post -> post.path("content").asText())
                .containsExactlyInAnyOrderElementsOf(contents);
    }

    private void publishSome() {
        for (int post = 0; post < POSTS; post++) {
            String content = "post-" + System.nanoTime();
            contents.add(content);
            HttpResponse<String> answer = publish(content);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    private static HttpResponse<String> publish(String content) {
        try {
            return api.publishNow(sandbox.channel(), content, content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String health() {
        HttpResponse<String> answer = answer("/health/health");
        JsonNode health = Json.tree(answer.body());
        return answer.statusCode() + " " + health.path("status").asText() + ", queue "
                + health.at("/checks/queue/status").asText();
    }

    private static HttpResponse<String> answer(String target) {
        try {
            return api.answer(target);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
