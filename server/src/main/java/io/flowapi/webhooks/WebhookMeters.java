package io.flowapi.webhooks;

import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How deliveries go; told of what is committed only. */
public final class WebhookMeters {

    private final MeterProvider<Counter> deliveries;
    private final MeterProvider<Timer> attempts;

    public WebhookMeters(Metrics metrics) {
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
    }

    void attempted(AttemptResult result, boolean again) {
        attempts.withTags("outcome", result.outcome()).record(result.took());
        String outcome = again ? "retried" : "failed";
        deliveries
                .withTags("outcome", result.delivered() ? "delivered" : outcome)
                .increment();
    }
}
