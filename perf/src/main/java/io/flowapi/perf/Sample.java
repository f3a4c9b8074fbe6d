package io.flowapi.perf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured stretch.
 *
 * @param nanos how long each create took, in ascending order
 */
record Sample(long[] nanos, Duration time) {

    double perSecond() {
        return nanos.length * 1e9 / time.toNanos();
    }

    double millis(double percentile) {
        return nanos[(int) Math.min(nanos.length - 1, Math.floor(nanos.length * percentile / 100))] / 1e6;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("perSecond", Math.round(perSecond()));
        figures.put("p50Millis", millis(50));
        figures.put("p95Millis", millis(95));
        figures.put("p99Millis", millis(99));
        return figures;
    }
}
