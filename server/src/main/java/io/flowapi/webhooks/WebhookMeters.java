package io.flowapi.webhooks;

import io.flowapi.platform.metrics.Metrics;
import io.flowapi.webhooks.DueDeliveryStore.Waiting;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How deliveries go; told of what is committed only. */
final class WebhookMeters {

    private final MeterProvider<Counter> deliveries;
    private final MeterProvider<Timer> attempts;
    private final MultiGauge pending;
    private final MultiGauge oldestDue;

    /** @param waiting asks the database, alike on every node of it */
    WebhookMeters(Metrics metrics, Callable<Waiting> waiting, InstantSource clock) {
        deliveries = Counter.builder("flow.webhook.deliveries")
                .description("Deliveries that a receiver took, that are to be tried again, and that were given up")
                .withRegistry(metrics.registry());
        attempts = Timer.builder("flow.webhook.attempts")
                .description("Attempts to deliver, from the first lookup to the end of the answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .withRegistry(metrics.registry());
        pending = MultiGauge.builder("flow.webhook.deliveries.pending")
                .description("Deliveries to enabled webhooks that are due, and those that wait for their next attempt")
                .register(metrics.registry());
        oldestDue = MultiGauge.builder("flow.webhook.oldest.due.age")
                .description(
                        "For how long a delivery has been due to a webhook that works and has room; 0 when none is")
                .baseUnit("seconds")
                .register(metrics.registry());
        metrics.ask("webhooks", waiting, found -> show(found, clock.instant()));
    }

    private void show(@Nullable Waiting found, Instant now) {
        if (found == null) {
            List.of(pending, oldestDue).forEach(gauge -> gauge.register(List.of(), true));
            return;
        }
        pending.register(
                List.of(Row.of(Tags.of("state", "due"), found.due()), Row.of(Tags.of("state", "later"), found.later())),
                true);
        Instant oldest = found.oldest();
        double age = oldest == null ? 0 : Duration.between(oldest, now).toMillis() / 1000.0;
        oldestDue.register(List.of(Row.of(Tags.empty(), age)), true);
    }

    void attempted(AttemptResult result, boolean again) {
        attempts.withTags("outcome", result.outcome()).record(result.took());
        String outcome = again ? "retried" : "failed";
        deliveries
                .withTags("outcome", result.delivered() ? "delivered" : outcome)
                .increment();
    }
}
