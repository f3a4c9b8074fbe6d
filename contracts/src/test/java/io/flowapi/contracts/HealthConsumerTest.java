package io.flowapi.contracts;

import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.model.Health;
import io.flowapi.client.model.HealthCheckStatus;
import io.flowapi.client.model.HealthStatus;
import io.flowapi.client.model.ProbeStatus;
import org.junit.jupiter.api.Test;

class HealthConsumerTest {

    @Test
    void asks_whether_the_process_runs() {
        given("a healthy server")
                .get("getLiveness", "/health/liveness")
                .answers(200, probe -> probe.stringValue("status", "ok"))
                .to(flow -> assertThat(flow.health().getLiveness().status()).isEqualTo(ProbeStatus.OK));
    }

    @Test
    void asks_whether_to_send_traffic() {
        given("a healthy server")
                .get("getReadiness", "/health/readiness")
                .answers(200, probe -> probe.stringValue("status", "ok"))
                .to(flow -> assertThat(flow.health().getReadiness().status()).isEqualTo(ProbeStatus.OK));
    }

    @Test
    void asks_how_the_parts_are() {
        given("a healthy server")
                .get("getHealth", "/health/health")
                .answers(200, health -> {
                    health.stringValue("status", "healthy");
                    health.numberType("timestamp", 1795426200000L);
                    health.stringType("version", "0.1.0");
                    health.object("checks", checks -> {
                        checks.object("database", part -> {
                            part.stringValue("status", "ok");
                            part.integerType("latency", 1);
                        });
                        checks.object("storage", part -> part.stringValue("status", "ok"));
                        checks.object("queue", part -> part.stringValue("status", "ok"));
                    });
                })
                .to(flow -> {
                    Health health = flow.health().getHealth();
                    assertThat(health.status()).isEqualTo(HealthStatus.HEALTHY);
                    assertThat(health.checks().queue().status()).isEqualTo(HealthCheckStatus.OK);
                });
    }
}
