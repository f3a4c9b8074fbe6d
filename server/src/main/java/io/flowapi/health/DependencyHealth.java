package io.flowapi.health;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.jobs.QueueHealth;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.BooleanSupplier;

/** One question to one part; one that cannot answer, for whatever reason, says no. */
public record DependencyHealth(String name, BooleanSupplier ok) implements HealthCheck {

    private static final System.Logger LOG = System.getLogger(DependencyHealth.class.getName());

    public static HealthCheck database(Database database) {
        return new DependencyHealth(
                "database",
                () -> database.read(tx ->
                        tx.createQuery("select 1 as one").mapTo(Integer.class).one() == 1));
    }

    /** Whether the database has room for what is written. */
    public static HealthCheck room(Database database) {
        return new DependencyHealth("room", () -> !database.exhausted());
    }

    /** Media will be kept here; until then it holds what the embedded default needs. */
    public static HealthCheck storage(DataDirectory directory) {
        return new DependencyHealth("storage", directory::writable);
    }

    public static HealthCheck queue(QueueHealth queue) {
        return new DependencyHealth("queue", queue::ok);
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(answer()).build();
    }

    private boolean answer() {
        try {
            return ok.getAsBoolean();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, name, failure);
            return false;
        }
    }
}
