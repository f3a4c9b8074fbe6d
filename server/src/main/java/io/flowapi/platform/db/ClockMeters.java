package io.flowapi.platform.db;

import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Gauge;

/** How well the clocks agree. */
public final class ClockMeters {

    private ClockMeters() {}

    public static void register(Metrics metrics, ServerClock clock) {
        Gauge.builder("flow.clock.skew", () -> clock.skew().toMillis() / 1000.0)
                .description(
                        "How far the machine's clock is ahead of the database's; negative when it is behind; 0 on the"
                                + " embedded database")
                .baseUnit("seconds")
                .register(metrics.registry());
    }
}
