package io.flowapi.health;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.jobs.QueueHealth;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One question to one part; one that cannot answer, for whatever reason or not in time, says no. Whoever asks while it is
 * being asked, or within a second, gets the same answer: so a part that hangs holds one thread, and nobody else's.
 */
public final class DependencyHealth implements HealthCheck {

    /** In the details of an answer: the milliseconds it took, or has taken so far. */
    static final String LATENCY = "latency";

    private static final Duration KNOWN_MAX = Duration.ofSeconds(1);

    private final String name;
    private final BooleanSupplier ok;
    private final InstantSource clock;
    private @Nullable HealthProbe latest;

    DependencyHealth(String name, BooleanSupplier ok, InstantSource clock) {
        this.name = name;
        this.ok = ok;
        this.clock = clock;
    }

    public static DependencyHealth database(Database database, InstantSource clock) {
        return new DependencyHealth(
                "database",
                () -> database.read(tx ->
                        tx.createQuery("select 1 as one").mapTo(Integer.class).one() == 1),
                clock);
    }

    /** Whether the database takes what is written, and has room for it. */
    public static DependencyHealth writing(Database database, InstantSource clock) {
        return new DependencyHealth("writing", () -> database.takesWrites() && !database.exhausted(), clock);
    }

    /** Media will be kept here; until then it holds what the embedded default needs. */
    public static DependencyHealth storage(DataDirectory directory, InstantSource clock) {
        return new DependencyHealth("storage", directory::writable, clock);
    }

    public static DependencyHealth queue(QueueHealth queue, InstantSource clock) {
        return new DependencyHealth("queue", queue::ok, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        HealthProbe.Answer answer = ask().answer();
        return HealthCheckResponse.builder()
                .status(answer.ok())
                .detail(LATENCY, answer.latency().toMillis())
                .build();
    }

    /** Begins to ask, unless the answer is known or on its way; does not wait for it. */
    synchronized HealthProbe ask() {
        Instant now = clock.instant();
        HealthProbe known = latest;
        if (known == null || (known.isDone() && !known.isOfLate(now, KNOWN_MAX))) {
            known = HealthProbe.begin(name, ok, now);
            latest = known;
        }
        return known;
    }
}
