package io.flowapi.providers;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the networks answer, and how long they take for it. */
public final class PublisherMeters {

    private final MeterProvider<Timer> calls;

    public PublisherMeters(Metrics metrics) {
        calls = Timer.builder("flow.provider.calls")
                .description("What was asked of a network, how long it took, and what came of it")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .withRegistry(metrics.registry());
    }

    /** @param call prepare, preview, publish, resolve or delete */
    void called(Provider provider, String call, String outcome, long startedNanos) {
        calls.withTags("provider", provider.value(), "call", call, "outcome", outcome)
                .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
    }
}
