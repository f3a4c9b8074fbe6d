package io.flowapi.platform.http;

import io.flowapi.platform.faults.FaultReports;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Sees each answer once: writes it down, counts it, and has faults of ours reported now that they are answered. */
public final class RequestWatch implements Filter {

    private final RequestLog log;
    private final RequestMeters meters;
    private final FaultReports faults;

    public RequestWatch(InstantSource clock, RequestMeters meters, FaultReports faults) {
        this.log = new RequestLog(clock);
        this.meters = meters;
        this.faults = faults;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        boolean done = false;
        meters.began();
        try {
            chain.proceed();
            done = true;
        } finally {
            meters.ended();
            // What is thrown past here before there was an answer, ProtocolProblems answers and writes down.
            if (done || response.isSent()) {
                answered(request, response, System.nanoTime() - started);
            }
        }
    }

    private void answered(RoutingRequest request, RoutingResponse response, long nanos) {
        RequestScope scope = RequestScope.of(request);
        String method = request.prologue().method().text();
        int status = response.status().code();
        log.answered(scope, method, status, Duration.ofNanos(nanos));
        meters.answered(scope, method, status, nanos);
        if (response.headers().contains(HeaderNames.create("Idempotent-Replayed"))) {
            meters.replayed();
        }
        report(scope);
    }

    /** An answer given below every route. */
    void refusedByProtocol(RequestScope scope, String method, Refusal refusal) {
        int status = refusal.kind().status();
        log.answered(scope, method, status, null);
        meters.refusedByProtocol(refusal.code(), status);
        report(scope);
    }

    private void report(RequestScope scope) {
        if (scope.fault() instanceof Throwable fault) {
            Map<String, String> tags = Map.of(
                    "operation",
                    RequestMeters.route(scope),
                    "request_id",
                    scope.info().id());
            faults.report(fault, tags);
        }
    }
}
