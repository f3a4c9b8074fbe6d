package io.flowapi.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.installation.Build;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the error tracker is told of planted failures, and that nobody waits for it. */
@Timeout(60)
@Tag("one-database")
class FaultReportsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PRIVATE = "A text that is nobody else's business";

    @Test
    void an_answered_500_becomes_an_event_and_nothing_secret_is_in_it() {
        try (FaultReceiver tracker = FaultReceiver.start()) {
            Flow flow = started(tracker.dsn());
            TestCaller alice = flow.caller();
            String channel = alice.channel();
            try {
                breakPosts(flow);
                Answer answer = alice.post(
                        "/v1/posts",
                        TestCaller.postJson(channel, PRIVATE, ""),
                        "X-Request-Id",
                        "planted-1",
                        "Idempotency-Key",
                        "nobody-elses-key");
                Await.within(SOON, () -> !tracker.envelopes().isEmpty());

                answer.isProblem(500, "internal_error");
                String sent = tracker.envelopes().getFirst();
                JsonNode event = Json.tree(sent.lines().toList().get(2));
                assertThat(event.at("/tags/request_id").asText()).isEqualTo("planted-1");
                assertThat(event.at("/tags/operation").asText()).isEqualTo("createPost");
                assertThat(event.path("release").asText()).isEqualTo("flow-api@" + Build.version());
                assertThat(event.path("environment").asText()).isEqualTo("development");
                assertThat(event.path("level").asText()).isEqualTo("error");
                assertThat(event.at("/exception/values").size()).isPositive();
                assertThat(sent)
                        .doesNotContain(PRIVATE, alice.key(), "nobody-elses-key", "Bearer", "server_name")
                        .doesNotContain(flow.environment().getOrDefault("DATABASE_URL", "no-such-text"));
            } finally {
                flow.stop();
            }
            assertThat(tracker.envelopes())
                    .as("one event for one fault, and nothing else")
                    .hasSize(1);
        }
    }

    private static Flow started(String dsn) {
        Flow flow = new Flow(Map.of("SENTRY_DSN", dsn));
        flow.start();
        return flow;
    }

    private static void breakPosts(Flow flow) {
        flow.installation().database().write(tx -> tx.execute("alter table posts rename to elsewhere"));
    }

    @Test
    void a_fault_in_a_job_becomes_an_event_that_names_the_job() {
        try (FaultReceiver tracker = FaultReceiver.start()) {
            Flow flow = started(tracker.dsn());
            try {
                TestCaller alice = flow.caller();
                alice.publishNow(alice.channel(), PRIVATE);
                breakPosts(flow);
                flow.runDueJobs();
                Await.within(SOON, () -> !tracker.envelopes().isEmpty());

                assertThat(tracker.envelopes().getFirst())
                        .contains("\"operation\":\"publish_target\"", "\"subject\":\"")
                        .doesNotContain(PRIVATE);
            } finally {
                flow.stop();
            }
        }
    }

    @Test
    void a_fault_in_a_delivery_becomes_an_event_that_names_the_delivery() {
        try (FaultReceiver tracker = FaultReceiver.start()) {
            Flow flow = started(tracker.dsn());
            try {
                TestCaller alice = flow.caller();
                alice.webhook("https://hooks.example.com/flow", "*");
                alice.channel();
                flow.installation()
                        .database()
                        .write(tx -> tx.execute("update webhook_secrets set secret = 'not to be opened'"));
                flow.deliverDue();
                Await.within(SOON, () -> !tracker.envelopes().isEmpty());

                assertThat(tracker.envelopes().getFirst())
                        .contains("\"operation\":\"deliver_event\"", "\"subject\":\"")
                        .doesNotContain("hooks.example.com", "not to be opened");
            } finally {
                flow.stop();
            }
        }
    }

    @Test
    void refusals_are_no_faults() {
        try (FaultReceiver tracker = FaultReceiver.start()) {
            Flow flow = started(tracker.dsn());
            TestCaller alice = flow.caller();
            alice.get("/v1/nothing").expect(404);
            alice.post("/v1/posts", "{}").expect(422);
            flow.nobody().get("/v1/me").expect(401);
            flow.installation().database().close();
            alice.get("/v1/posts").expect(503);
            flow.stop();

            assertThat(tracker.envelopes()).isEmpty();
        }
    }

    @Test
    void a_tracker_that_hangs_delays_no_answer_and_no_end() {
        try (FaultReceiver tracker = FaultReceiver.hanging()) {
            assertThatNothingWaitsFor(tracker.dsn());
            assertThat(tracker.envelopes()).as("it was asked").isNotEmpty();
        }
    }

    @Test
    void a_tracker_that_is_not_there_delays_no_answer_and_no_end() throws IOException {
        // Bound and never listened on: a port that nobody else can take meanwhile.
        try (ServerSocket bound = new ServerSocket()) {
            bound.bind(null);
            int port = bound.getLocalPort();
            bound.close();
            assertThatNothingWaitsFor(
                    "http://publickey@" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + "/42");
        }
    }

    /** More faults than wait for a tracker; each is answered, and then the server ends. */
    private static void assertThatNothingWaitsFor(String dsn) {
        Flow flow = started(dsn);
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        breakPosts(flow);
        for (int i = 0; i < 150; i++) {
            alice.post("/v1/posts", TestCaller.postJson(channel, PRIVATE, "")).expect(500);
        }
        flow.nobody().get("/health/liveness").expect(200);
        flow.stop();
    }

    @Test
    void a_fault_is_told_with_its_causes_and_without_what_is_secret_in_them() {
        List<String> secrets = List.of(
                "flow_live_0199d3f2_Zm9vYmFyc2VjcmV0Zm9vYmFy12345",
                "hunter2hunter2",
                "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "postgres://flow:pass@db.internal:5432/flow");
        IllegalStateException fault = new IllegalStateException(
                "GET with {Authorization=[Bearer " + secrets.get(0) + "]}",
                new IllegalArgumentException(
                        "password=" + secrets.get(1), new RuntimeException("at " + secrets.get(3))));
        try (FaultReceiver tracker = FaultReceiver.start();
                FaultReports reports = FaultReports.to(
                        TrackerAddress.parse(tracker.dsn()), "1", "production", List.of(secrets.get(3)))) {
            reports.report(fault, Map.of("operation", "getCaller", "request_id", secrets.get(2)));
            Await.within(SOON, () -> !tracker.envelopes().isEmpty());

            assertThat(tracker.envelopes().getFirst())
                    .contains("IllegalStateException", "IllegalArgumentException", "RuntimeException", "getCaller")
                    .contains("a_fault_is_told_with_its_causes")
                    .doesNotContain(secrets)
                    .doesNotContain("db.internal");
        }
    }
}
