package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is answered, and how fast. Every label has a closed list of values: what a client can write never becomes one.
 *
 * <p>Counters that alerts look at are there from the start, at 0: an increase from nothing is none to Prometheus.
 */
public final class RequestMeters {

    private static final String API = "/v1/";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final MeterProvider<Timer> requests;
    private final MeterProvider<Counter> api;
    private final MeterProvider<Counter> problems;
    private final MeterProvider<Counter> protocol;
    private final Counter replays;
    private final Counter rateLimited;
    private final AtomicInteger underWay = new AtomicInteger();

    public RequestMeters(Metrics metrics) {
        requests = Timer.builder("flow.http.requests")
                .description("Answers, timed from the first filter to the last byte handed over")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .withRegistry(metrics.registry());
        api = Counter.builder("flow.api.requests")
                .description("Answers below /v1/: what the error rate is counted from")
                .withRegistry(metrics.registry());
        problems = Counter.builder("flow.http.problems")
                .description("Refusals and failures by the code of their problem; replayed ones not again")
                .withRegistry(metrics.registry());
        protocol = Counter.builder("flow.http.protocol.refusals")
                .description("Answers given below every route: requests that are no HTTP, too large, or cut off")
                .withRegistry(metrics.registry());
        replays = Counter.builder("flow.idempotent.replays")
                .description("Answers given again to a repeated Idempotency-Key")
                .register(metrics.registry());
        rateLimited = Counter.builder("flow.rate.limit.refusals")
                .description("Answers with the status 429")
                .register(metrics.registry());
        Gauge.builder("flow.http.requests.active", underWay::get)
                .description("Requests under way")
                .register(metrics.registry());
        List.of("2xx", "3xx", "4xx", "5xx").forEach(status -> api.withTag("status", status));
        List.of("4xx", "5xx").forEach(status -> protocol.withTag("status", status));
        List.of(ProblemCode.values()).forEach(code -> problems.withTag("code", code.value()));
    }

    void began() {
        underWay.incrementAndGet();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    void answered(RequestScope scope, String method, int status, long nanos) {
        requests.withTags(
                        "operation", route(scope),
                        "method", METHODS.contains(method) ? method : "other",
                        "status", family(status))
                .record(nanos, TimeUnit.NANOSECONDS);
        if (scope.info().path().startsWith(API)) {
            api.withTag("status", family(status)).increment();
        }
        if (status == 429) {
            rateLimited.increment();
        }
        if (scope.problem() instanceof ProblemCode code) {
            problems.withTag("code", code.value()).increment();
        }
    }

    /** Never anything that a client wrote. */
    static String route(RequestScope scope) {
        String none = scope.reference() ? "reference" : "unmatched";
        return scope.operation() instanceof String operation ? operation : none;
    }

    void replayed() {
        replays.increment();
    }

    void refusedByProtocol(ProblemCode code, int status) {
        protocol.withTag("status", family(status)).increment();
        problems.withTag("code", code.value()).increment();
    }

    private static String family(int status) {
        return status / 100 + "xx";
    }
}
