package io.flowapi.posts;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** How late posts come out; told of what is committed only. */
public final class LatenessMeters {

    private final MeterProvider<Timer> lateness;

    public LatenessMeters(Metrics metrics) {
        lateness = Timer.builder("flow.schedule.lateness")
                .description("From the time a post was due to its first send, or to the network's word that it is out")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(24))
                .withRegistry(metrics.registry());
    }

    void sent(Provider provider, Instant due, Instant at) {
        record(provider, "sent", due, at);
    }

    void published(Provider provider, Instant due, Instant at) {
        record(provider, "published", due, at);
    }

    private void record(Provider provider, String step, Instant due, Instant at) {
        Duration late = Duration.between(due, at);
        // Another node's clock may be behind by a little; a timer would drop what is negative.
        lateness.withTags("provider", provider.value(), "step", step).record(late.isNegative() ? Duration.ZERO : late);
    }
}
