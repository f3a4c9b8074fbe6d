package io.flowapi.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.installation.Build;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void tells_how_every_part_is() {
        flow.clock().advance(Duration.ofMinutes(1));
        flow.runDueJobs();

        JsonNode health = flow.nobody().get("/health/health").ok();

        assertThat(names(health)).containsExactlyInAnyOrder("status", "timestamp", "version", "checks");
        assertThat(health.path("status").textValue()).isEqualTo("healthy");
        assertThat(health.path("timestamp").isIntegralNumber()).isTrue();
        assertThat(health.path("timestamp").longValue()).isEqualTo(flow.clock().millis());
        assertThat(health.path("version").textValue()).isEqualTo(Build.version());
        assertThat(names(health.path("checks"))).containsExactlyInAnyOrder("database", "storage", "queue");
        assertThat(names(health.at("/checks/database"))).containsExactlyInAnyOrder("status", "latency");
        assertThat(health.at("/checks/database/status").textValue()).isEqualTo("ok");
        assertThat(health.at("/checks/database/latency").isIntegralNumber()).isTrue();
        assertThat(health.at("/checks/storage").toString()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(health.at("/checks/queue").toString()).isEqualTo("{\"status\":\"ok\"}");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void is_degraded_until_a_worker_has_been_seen_lately() {
        flow.clock().advance(Duration.ofMinutes(1));

        Answer without = flow.nobody().get("/health/health");
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();
        Answer with = flow.nobody().get("/health/health");

        assertThat(without.ok().path("status").asText()).isEqualTo("degraded");
        assertThat(without.text("checks/queue/status")).isEqualTo("error");
        assertThat(with.ok().path("status").asText()).isEqualTo("healthy");
    }

    @Test
    void is_degraded_while_a_due_post_waits_for_more_than_five_minutes() {
        TestCaller alice = flow.caller();
        alice.publishNow(alice.channel(), "Hi");
        flow.clock().advance(Duration.ofMinutes(5).plusMillis(1));

        String waiting = flow.nobody().get("/health/health").text("checks/queue/status");
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();
        String done = flow.nobody().get("/health/health").text("checks/queue/status");

        assertThat(waiting).isEqualTo("error");
        assertThat(done).isEqualTo("ok");
    }

    @Test
    void is_unhealthy_and_not_ready_but_alive_without_its_database() {
        Flow other = new Flow();
        other.start();
        try {
            TestCaller alice = other.caller();
            other.installation().database().close();

            Answer health = other.nobody().get("/health/health");
            Answer readiness = other.nobody().get("/health/readiness");
            Answer liveness = other.nobody().get("/health/liveness");
            Answer me = alice.get("/v1/me");

            assertThat(health.expect(503).text("status")).isEqualTo("unhealthy");
            assertThat(health.text("checks/database/status")).isEqualTo("error");
            assertThat(readiness.expect(503).text("status")).isEqualTo("unavailable");
            assertThat(liveness.ok().path("status").asText()).isEqualTo("ok");
            assertThat(me.isProblem(503, "database_unavailable").header("Retry-After"))
                    .isEqualTo("1");
        } finally {
            other.stop();
        }
    }

    @Test
    void is_alive_and_ready() {
        assertThat(flow.nobody().get("/health/liveness").ok().toString()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(flow.nobody().get("/health/readiness").ok().toString()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void answers_probes_whatever_they_send_along() {
        TestCaller probe = flow.nobody();

        probe.get("/health/liveness?t=1").expect(200);
        probe.get("/health/readiness", "Accept", "text/plain").expect(200);
        probe.get("/health/liveness", "Authorization", "Bearer nonsense").expect(200);
    }
}
