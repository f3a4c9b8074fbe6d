package io.flowapi.platform.db;

import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long the database takes, and how much waits for it. */
final class DatabaseMeters {

    private final MeterProvider<Timer> transactions;

    /** @param queues what waits, under the name of what it waits for */
    DatabaseMeters(Metrics metrics, Engine engine, Map<String, IntSupplier> queues) {
        transactions = Timer.builder("flow.database.transactions")
                .description("Transactions, from the moment they ask for their turn to the end of their commit")
                .tag("engine", engine.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .withRegistry(metrics.registry());
        queues.forEach((name, length) -> Gauge.builder("flow.database.waiting", length::getAsInt)
                .description("What waits for its turn at the database")
                .tag("queue", name)
                .register(metrics.registry()));
    }

    /** @param access read or write */
    <T extends @Nullable Object> T timed(String access, Supplier<T> work) {
        long started = System.nanoTime();
        String outcome = "rolled_back";
        try {
            T result = work.get();
            outcome = "ok";
            return result;
        } catch (DatabaseFailure failure) {
            outcome = failure.reason().name().toLowerCase(Locale.ROOT);
            throw failure;
        } finally {
            transactions
                    .withTags("access", access, "outcome", outcome)
                    .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        }
    }
}
