package io.flowapi.health;

import io.flowapi.api.model.Health;
import io.flowapi.api.model.HealthCheckStatus;
import io.flowapi.api.model.HealthStatus;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The document of {@code /health/health} as figures. */
public final class HealthMeters {

    private final MultiGauge status;
    private final MultiGauge checks;

    private HealthMeters(Metrics metrics) {
        status = MultiGauge.builder("flow.health.status")
                .description(
                        "1 for the status that /health/health tells, 0 for the others; missing while it tells none")
                .register(metrics.registry());
        checks = MultiGauge.builder("flow.health.check")
                .description("1 for a part that is well, 0 for one that is not")
                .register(metrics.registry());
    }

    public static void register(Metrics metrics, Supplier<Health> health) {
        metrics.ask("health", health::get, new HealthMeters(metrics)::show);
    }

    private void show(@Nullable Health health) {
        if (health == null) {
            List.of(status, checks).forEach(gauge -> gauge.register(List.of(), true));
            return;
        }
        status.register(
                Arrays.stream(HealthStatus.values())
                        .<Row<?>>map(word -> Row.of(Tags.of("status", word.value()), word == health.status() ? 1 : 0))
                        .toList(),
                true);
        checks.register(
                List.of(
                        row("database", health.checks().database().status()),
                        row("storage", health.checks().storage().status()),
                        row("queue", health.checks().queue().status())),
                true);
    }

    private static Row<?> row(String check, HealthCheckStatus status) {
        return Row.of(Tags.of("check", check), status == HealthCheckStatus.OK ? 1 : 0);
    }
}
