package io.flowapi.perf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured stretch.
 *
 * @param nanos how long each create took, in ascending order
 * @param cpu what the process that did the work has used: it tells the same on a busy machine as on a quiet one
 */
record Sample(long[] nanos, Duration time, Duration cpu) {

    double perSecond() {
        return nanos.length * 1e9 / time.toNanos();
    }

    double millis(double percentile) {
        return nanos[(int) Math.min(nanos.length - 1, Math.floor(nanos.length * percentile / 100))] / 1e6;
    }

    double cpuMicrosEach() {
        return cpu.toNanos() / 1e3 / nanos.length;
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("perSecond", Math.round(perSecond()));
        figures.put("p50Millis", millis(50));
        figures.put("p95Millis", millis(95));
        figures.put("p99Millis", millis(99));
        figures.put("cpuMicrosEach", Math.round(cpuMicrosEach()));
        return figures;
    }
}
