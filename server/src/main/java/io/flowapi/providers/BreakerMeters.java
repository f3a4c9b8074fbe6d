package io.flowapi.providers;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Gauge;

/** Which networks are left alone. */
public final class BreakerMeters {

    private BreakerMeters() {}

    public static void register(Metrics metrics, CircuitBreakers breakers) {
        for (Provider provider : Provider.values()) {
            Gauge.builder(
                            "flow.breaker.state",
                            breakers,
                            now -> now.state(provider).ordinal())
                    .description("2 while a server of the network is left alone after five failures in a row, 1 while "
                            + "one is to be tried again, else 0")
                    .tag("provider", provider.value())
                    .strongReference(true)
                    .register(metrics.registry());
        }
    }
}
