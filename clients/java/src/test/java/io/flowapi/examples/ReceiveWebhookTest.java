package io.flowapi.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.client.Webhooks;
import io.flowapi.client.model.Event;
import io.flowapi.client.model.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program of the folder {@code examples}, with deliveries that the official library signs. */
class ReceiveWebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a30";
    private static final String EVENT = """
            {"id": "%1$s", "type": "pigeon.released", "timestamp": "2026-11-23T09:30:00.009Z", "resourceId": "%1$s",
             "sequence": 1, "data": {}}""".formatted(ID);

    private final List<Event> handled = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile RuntimeException fault;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ReceiveWebhook(SECRET, this::handle).listen(0);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.close();
    }

    private void handle(Event event) {
        if (fault != null) {
            throw fault;
        }
        handled.add(event);
    }

    private HttpRequest.Builder delivery(String body) throws Exception {
        long now = Instant.now().getEpochSecond();
        return HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/flow"))
                .POST(BodyPublishers.ofString(body))
                .header("webhook-id", ID)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", new Webhook(SECRET).sign(ID, now, body));
    }

    private int status(HttpRequest.Builder delivery) throws Exception {
        return http.send(delivery.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void an_event_that_comes_twice_is_done_once() throws Exception {
        assertThat(status(delivery(EVENT))).isEqualTo(204);
        assertThat(status(delivery(EVENT))).isEqualTo(204);

        assertThat(handled).extracting(Event::type).containsExactly(EventType.of("pigeon.released"));
    }

    @Test
    void an_event_that_could_not_be_done_is_done_when_it_comes_again() throws Exception {
        fault = new IllegalStateException("no database");
        assertThat(status(delivery(EVENT))).isEqualTo(500);
        fault = null;

        assertThat(status(delivery(EVENT))).isEqualTo(204);
        assertThat(handled).hasSize(1);
    }

    @Test
    void what_is_not_genuine_is_not_done() throws Exception {
        assertThat(status(delivery(EVENT).POST(BodyPublishers.ofString(EVENT + " "))))
                .isEqualTo(400);
        assertThat(status(delivery(EVENT).header("webhook-id", ID))).isEqualTo(400);
        assertThat(status(delivery("{\"padding\": \"" + "x".repeat(5_000_000) + "\"}")))
                .isEqualTo(413);

        assertThat(handled).isEmpty();
    }

    @Test
    void a_program_that_was_not_told_its_secret_takes_nothing_and_refuses_nothing() throws Exception {
        server.stop(0);
        server = new ReceiveWebhook(null, this::handle).listen(0);

        assertThat(status(delivery(EVENT))).isEqualTo(500);
        assertThat(handled).isEmpty();
    }

    @Test
    void it_prints_what_it_knows_and_what_it_does_not_know() {
        assertThat(printed("post.published", "{\"post\": {\"content\": \"Hello\"}}"))
                .isEqualTo("out: Hello");
        assertThat(printed("target.failed", "{\"target\": {\"error\": {\"remediation\": \"Change it.\"}}}"))
                .isEqualTo("failed: Change it.");
        assertThat(printed("pigeon.released", "{\"pigeon\": {}}")).isEqualTo("pigeon.released " + ID);
    }

    private String printed(String type, String data) {
        String body = EVENT.replace("pigeon.released", type).replace("\"data\": {}", "\"data\": " + data);
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, UTF_8));
            ReceiveWebhook.print(unwrapped(body));
        } finally {
            System.setOut(console);
        }
        return printed.toString(UTF_8).strip();
    }

    private static Event unwrapped(String body) {
        Instant now = Instant.now();
        try {
            Map<String, String> headers = Map.of(
                    "webhook-id", ID,
                    "webhook-timestamp", Long.toString(now.getEpochSecond()),
                    "webhook-signature", new Webhook(SECRET).sign(ID, now.getEpochSecond(), body));
            return Webhooks.unwrap(body.getBytes(UTF_8), name -> List.of(headers.get(name)), SECRET);
        } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
