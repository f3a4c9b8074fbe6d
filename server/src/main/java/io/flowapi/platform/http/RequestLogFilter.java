package io.flowapi.platform.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;

/** Writes down each answer that is given below it. */
record RequestLogFilter(RequestLog log) implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        boolean done = false;
        try {
            chain.proceed();
            done = true;
        } finally {
            // What is thrown past here before there was an answer, ProtocolProblems answers and writes down.
            if (done || response.isSent()) {
                log.answered(
                        RequestScope.of(request),
                        request.prologue().method().text(),
                        response.status().code(),
                        Duration.ofNanos(System.nanoTime() - started));
            }
        }
    }
}
