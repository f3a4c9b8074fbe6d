package io.flowapi.platform.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One JSON line for each request: never its query, headers or body, which may hold what is not ours to keep. */
final class RequestLogFilter implements Filter {

    private static final System.Logger LOG = System.getLogger("io.flowapi.request");

    /** A key that was put into the path by mistake: no id and no name of ours is so long without a break. */
    private static final Pattern SECRET = Pattern.compile("[0-9A-Za-z]{40,}");

    private final InstantSource clock;

    public RequestLogFilter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long started = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            log(
                    RequestScope.of(request),
                    request.prologue().method().text(),
                    response.status().code(),
                    millis);
        }
    }

    private void log(RequestScope scope, String method, int status, long millis) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant());
        line.put("requestId", scope.info().id());
        line.put("method", method);
        line.put("path", SECRET.matcher(scope.info().path()).replaceAll("..."));
        line.put("status", status);
        line.put("ms", millis);
        line.put("address", scope.info().address());
        if (scope.caller() instanceof Caller caller) {
            line.put("apiKeyId", caller.apiKeyId());
            line.put("userId", caller.userId());
        }
        LOG.log(System.Logger.Level.INFO, Json.text(line));
    }
}
