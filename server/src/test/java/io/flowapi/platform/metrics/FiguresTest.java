package io.flowapi.platform.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.installation.Build;
import io.flowapi.platform.db.Engine;
import io.flowapi.testing.Await;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Scrape;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the figures say of what was done. */
class FiguresTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String REQUESTS = "flow_http_requests_seconds_count";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();

    @Test
    void each_answer_counts_for_its_operation_method_and_class_of_status() {
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "operation", "getCaller", "method", "GET", "status", "2xx"),
                () -> alice.get("/v1/me").expect(200));
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "operation", "getCaller", "status", "4xx"),
                () -> flow.nobody().get("/v1/me").expect(401));
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "operation", "getPost", "status", "4xx"),
                () -> alice.get("/v1/posts/00000000-0000-7000-8000-000000000000")
                        .expect(404));
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "operation", "reference", "status", "2xx"),
                () -> Wire.send(flow.port(), "GET /openapi.yaml HTTP/1.1", "Connection: close")
                        .expect(200));
    }

    @Test
    void the_error_rate_is_counted_from_what_is_below_v1() {
        counts(
                1,
                scrape -> scrape.sum("flow_api_requests_total", "status", "4xx"),
                () -> flow.nobody().get("/v1/me").expect(401));
        counts(
                1,
                scrape -> scrape.sum("flow_api_requests_total", "status", "4xx"),
                () -> flow.nobody().get("/v1/nothing").expect(404));
        counts(0, scrape -> scrape.sum("flow_api_requests_total"), () -> {
            flow.nobody().get("/health/readiness").expect(200);
            flow.nobody().get("/nothing/here").expect(404);
        });
    }

    @Test
    void what_a_client_writes_never_becomes_a_label() {
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "operation", "unmatched", "status", "4xx"),
                () -> alice.get("/v1/strangeness").expect(404));
        counts(
                1,
                scrape -> scrape.sum(REQUESTS, "method", "other"),
                () -> Wire.send(flow.port(), "STRANGENESS /v1/me HTTP/1.1", "Connection: close"));
        Wire.send(flow.port(), "GET /v1/%2e%2e/strangeness HTTP/1.1", "Connection: close");
        alice.get("/v1/posts?strangeness=1", "X-Request-Id", "strangeness").expect(400);

        Scrape scrape = Scrape.of(flow.managementPort());
        Set<String> operations =
                Documented.OPERATIONS.stream().map(Documented::id).collect(toCollection(TreeSet::new));
        operations.addAll(List.of("unmatched", "reference"));
        assertThat(operations).containsAll(scrape.values(REQUESTS, "operation"));
        assertThat(scrape.samples())
                .allSatisfy(sample -> assertThat(sample.labels().values())
                        .noneMatch(value -> value.toLowerCase().contains("strangeness")));
    }

    @Test
    void what_is_refused_below_every_route_is_counted_too() {
        counts(
                1,
                scrape -> scrape.sum("flow_http_protocol_refusals_total", "status", "4xx"),
                () -> Wire.send(flow.port(), "POST /v1/posts HTTP/1.1", "Content-Length: 3, 4")
                        .expect(400));
        counts(
                1,
                scrape -> scrape.sum("flow_http_problems_total", "code", "malformed_request"),
                () -> Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 3")
                        .expect(400));
    }

    @Test
    void refusals_are_counted_by_their_code_and_replays_as_such() {
        String channel = alice.channel();
        counts(
                1,
                scrape -> problems(scrape, "validation_failed"),
                () -> alice.post("/v1/posts", "{}").expect(422));
        counts(
                1,
                scrape -> problems(scrape, "missing_api_key"),
                () -> flow.nobody().get("/v1/me").expect(401));
        counts(
                1,
                scrape -> problems(scrape, "method_not_allowed"),
                () -> alice.send("PUT", "/v1/me").expect(405));

        String json = TestCaller.postJson(channel, "once", "");
        alice.post("/v1/posts", json, "Idempotency-Key", "figures").expect(201);
        counts(
                1,
                scrape -> scrape.sum("flow_idempotent_replays_total"),
                () -> alice.post("/v1/posts", json, "Idempotency-Key", "figures")
                        .expect(201));
    }

    @Test
    void refusals_of_the_rate_limits_are_counted() {
        Flow limited = new Flow(Map.of("FLOW_RATE_LIMIT_DEFAULT", "1"));
        limited.start();
        try {
            TestCaller bob = limited.caller();
            bob.get("/v1/me").expect(200);
            bob.get("/v1/me").expect(429);

            Await.within(SOON, () -> Scrape.of(limited.managementPort()).sum("flow_rate_limit_refusals_total") == 1);
            assertThat(problems(Scrape.of(limited.managementPort()), "rate_limited"))
                    .isEqualTo(1);
        } finally {
            limited.stop();
        }
    }

    private static double problems(Scrape scrape, String code) {
        return scrape.sum("flow_http_problems_total", "code", code);
    }

    @Test
    void the_database_is_timed_by_access_and_outcome() {
        counts(
                1,
                scrape -> transactions(scrape, "write", "ok"),
                () -> flow.installation()
                        .database()
                        .write(tx -> tx.execute("update users set name = name where id = 'nobody'")));
        counts(
                1,
                scrape -> transactions(scrape, "read", "rolled_back"),
                () -> assertThatThrownBy(
                        () -> flow.installation().database().read(tx -> tx.execute("select 1 from no_such_table"))));
        String engine = flow.installation().database().engine() == Engine.SQLITE ? "sqlite" : "postgresql";
        assertThat(Scrape.of(flow.managementPort()).values("flow_database_transactions_seconds_count", "engine"))
                .containsExactly(engine);
    }

    private static double transactions(Scrape scrape, String access, String outcome) {
        return scrape.sum("flow_database_transactions_seconds_count", "access", access, "outcome", outcome);
    }

    @Test
    void depth_and_lag_of_the_queue_and_the_worker_that_was_last_seen() {
        flow.runDueJobs();
        alice.publishNow(alice.channel(), "waits");
        flow.clock().advance(Duration.ofSeconds(89));
        Scrape waiting = flow.scrape();
        flow.runDueJobs();
        Scrape done = flow.scrape();

        assertThat(waiting.sum("flow_queue_jobs", "state", "due")).isEqualTo(1);
        assertThat(waiting.sum("flow_queue_oldest_due_age_seconds")).isEqualTo(90);
        assertThat(waiting.sum("flow_worker_heartbeat_age_seconds")).isGreaterThanOrEqualTo(90);
        assertThat(done.sum("flow_queue_jobs", "state", "due")).isZero();
        assertThat(done.sum("flow_queue_jobs", "state", "running")).isZero();
        assertThat(done.sum("flow_queue_oldest_due_age_seconds")).isZero();
        assertThat(done.sum("flow_worker_heartbeat_age_seconds")).isEqualTo(1);
    }

    @Test
    void how_late_a_post_was_sent_and_came_out() {
        flow.runDueJobs();
        Scrape before = flow.scrape();
        Instant due = flow.clock().instant().plus(Duration.ofMinutes(2));
        alice.schedule(alice.channel(), "in time", due);
        flow.clock().advance(Duration.ofMinutes(2).plusSeconds(7));
        flow.runDueJobs();
        Scrape after = flow.scrape();

        for (String step : List.of("sent", "published")) {
            assertThat(late(after, "count", step) - late(before, "count", step)).isEqualTo(1);
            assertThat(late(after, "sum", step) - late(before, "sum", step)).isEqualTo(7);
        }
    }

    private static double late(Scrape scrape, String figure, String step) {
        return scrape.sum("flow_schedule_lateness_seconds_" + figure, "provider", "sandbox", "step", step);
    }

    @Test
    void what_the_networks_answered() {
        String channel = alice.channel();
        counts(1, scrape -> calls(scrape, "publish", "published"), () -> published(channel, "fine"));
        counts(1, scrape -> calls(scrape, "publish", "rejected"), () -> published(channel, "[sandbox:auth-revoked]"));
        counts(1, scrape -> calls(scrape, "resolve", "found"), () -> published(channel, "[sandbox:timeout]"));
    }

    private void published(String channel, String content) {
        alice.publishNow(channel, content);
        flow.runDueJobs();
    }

    private static double calls(Scrape scrape, String call, String outcome) {
        return scrape.sum("flow_provider_calls_seconds_count", "provider", "sandbox", "call", call, "outcome", outcome);
    }

    @Test
    void the_age_of_the_last_backup_if_there_was_one() throws IOException {
        Path told = flow.directory().resolve("last-backup");
        Scrape never = flow.scrape();
        long at = flow.clock().instant().minus(Duration.ofHours(3)).toEpochMilli();
        Files.writeString(told, "{\"at\":" + at + ",\"path\":\"/backups/one\"}");
        Scrape once = flow.scrape();
        Files.writeString(told, "{\"at\":");
        Scrape broken = flow.scrape();
        Files.delete(told);

        assertThat(never.has("flow_backup_age_seconds")).isFalse();
        assertThat(once.sum("flow_backup_age_seconds")).isEqualTo(3 * 3600 + 1);
        assertThat(broken.has("flow_backup_age_seconds")).isFalse();
    }

    @Test
    void what_runs_here_and_how_much_room_it_has() {
        Scrape scrape = flow.scrape();

        assertThat(scrape.sum("flow_build_info", "version", Build.version(), "role", "api"))
                .isEqualTo(1);
        assertThat(scrape.sum("flow_data_directory_free_bytes"))
                .isPositive()
                .isLessThanOrEqualTo(scrape.sum("flow_data_directory_size_bytes"));
        assertThat(scrape.sum("jvm_memory_used_bytes")).isPositive();
        assertThat(scrape.sum("flow_http_requests_active")).isZero();
    }

    @Test
    void what_alerts_count_is_there_before_it_happens() {
        Flow fresh = new Flow();
        fresh.start();
        try {
            Scrape scrape = fresh.scrape();

            assertThat(scrape.has("flow_api_requests_total", "status", "5xx")).isTrue();
            assertThat(scrape.has("flow_http_problems_total", "code", "internal_error"))
                    .isTrue();
            assertThat(scrape.has("flow_rate_limit_refusals_total")).isTrue();
        } finally {
            fresh.stop();
        }
    }

    /** An answer is counted once it is sent, so that the client may be a moment ahead. */
    private static void counts(double by, ToDoubleFunction<Scrape> figure, Runnable act) {
        double before = figure.applyAsDouble(Scrape.of(flow.managementPort()));
        act.run();
        Await.within(SOON, () -> figure.applyAsDouble(Scrape.of(flow.managementPort())) - before == by);
    }
}
