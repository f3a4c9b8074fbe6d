package io.flowapi.health;

import io.flowapi.api.HealthApi;
import io.flowapi.api.model.DatabaseCheck;
import io.flowapi.api.model.DependencyCheck;
import io.flowapi.api.model.Health;
import io.flowapi.api.model.HealthCheckStatus;
import io.flowapi.api.model.HealthChecks;
import io.flowapi.api.model.HealthStatus;
import io.flowapi.api.model.Probe;
import io.flowapi.api.model.ProbeStatus;
import io.helidon.health.HealthCheckResponse;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The three health routes. Liveness asks nothing; readiness asks the database; health asks every part. */
public final class HealthResource implements HealthApi {

    private final Checks checks;
    private final BooleanSupplier draining;
    private final String version;
    private final InstantSource clock;

    /** @param draining true from the moment the server begins to stop */
    public HealthResource(Checks checks, BooleanSupplier draining, String version, InstantSource clock) {
        this.checks = checks;
        this.draining = draining;
        this.version = version;
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param writing when nothing can be written, what is there can still be read: unhealthy, and ready
     */
    public record Checks(
            DependencyHealth database, DependencyHealth writing, DependencyHealth storage, DependencyHealth queue) {

        /** Begins to ask all of them, so that together they take no longer than one. */
        void ask() {
            Stream.of(database, writing, storage, queue).forEach(DependencyHealth::ask);
        }
    }

    @Override
    public GetLivenessReply getLiveness(GetLivenessCall call) {
        return new GetLivenessReply.R200(new Probe(ProbeStatus.OK));
    }

    @Override
    public GetReadinessReply getReadiness(GetReadinessCall call) {
        return !draining.getAsBoolean() && up(checks.database().call())
                ? new GetReadinessReply.R200(new Probe(ProbeStatus.OK))
                : new GetReadinessReply.R503(new Probe(ProbeStatus.UNAVAILABLE));
    }

    @Override
    public GetHealthReply getHealth(GetHealthCall call) {
        Health health = now();
        return health.status() == HealthStatus.UNHEALTHY
                ? new GetHealthReply.R503(health)
                : new GetHealthReply.R200(health);
    }

    /** How every part is. */
    public Health now() {
        checks.ask();
        HealthCheckResponse reading = checks.database().call();
        boolean database = up(reading) && up(checks.writing().call());
        boolean storage = up(checks.storage().call());
        // The queue is in the database: without one there is no other to ask.
        boolean queue = database && up(checks.queue().call());
        return new Health(
                status(database, storage && queue),
                clock.millis(),
                version,
                new HealthChecks(
                        new DatabaseCheck(word(database), latency(reading)),
                        new DependencyCheck(word(storage)),
                        new DependencyCheck(word(queue))));
    }

    private static boolean up(HealthCheckResponse answer) {
        return answer.status() == HealthCheckResponse.Status.UP;
    }

    private static long latency(HealthCheckResponse answer) {
        return (long) answer.details().get(DependencyHealth.LATENCY);
    }

    private static HealthStatus status(boolean database, boolean others) {
        if (!database) {
            return HealthStatus.UNHEALTHY;
        }
        return others ? HealthStatus.HEALTHY : HealthStatus.DEGRADED;
    }

    private static HealthCheckStatus word(boolean up) {
        return up ? HealthCheckStatus.OK : HealthCheckStatus.ERROR;
    }
}
