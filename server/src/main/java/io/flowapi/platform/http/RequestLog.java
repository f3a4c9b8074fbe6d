package io.flowapi.platform.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON line for each answer: never its query, headers or body, which may hold what is not ours to keep. */
record RequestLog(InstantSource clock) {

    private static final System.Logger LOG = System.getLogger("io.flowapi.request");

    /** @param taken null where no request was read to measure from */
    void answered(RequestScope scope, String method, int status, @Nullable Duration taken) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant());
        line.put("requestId", scope.info().id());
        line.put("method", method);
        line.put("path", scope.info().path());
        put(line, "operation", scope.operation());
        line.put("status", status);
        put(line, "ms", taken == null ? null : taken.toMillis());
        line.put("address", scope.info().address());
        if (scope.caller() instanceof Caller caller) {
            line.put("apiKeyId", caller.apiKeyId());
            line.put("userId", caller.userId());
        }
        LOG.log(System.Logger.Level.INFO, Json.text(line));
    }

    private static void put(Map<String, Object> line, String name, @Nullable Object known) {
        if (known != null) {
            line.put(name, known);
        }
    }
}
