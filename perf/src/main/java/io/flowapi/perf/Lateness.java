package io.flowapi.perf;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How late the posts of one stretch came out.
 *
 * @param sentMillis from when each was due to its first send, in ascending order: what the API tells as latenessMs
 * @param publishedMillis from then to the network's word that it is out, in ascending order
 */
record Lateness(String name, long[] sentMillis, long[] publishedMillis) {

    long p99() {
        return percentile(sentMillis, 99);
    }

    String text() {
        return "%-40s %,6d  %,7d %,7d %,7d %,7d   %,7d"
                .formatted(
                        name,
                        sentMillis.length,
                        percentile(sentMillis, 50),
                        percentile(sentMillis, 95),
                        p99(),
                        percentile(sentMillis, 100),
                        percentile(publishedMillis, 99));
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("posts", sentMillis.length);
        figures.put("p50Millis", percentile(sentMillis, 50));
        figures.put("p95Millis", percentile(sentMillis, 95));
        figures.put("p99Millis", p99());
        figures.put("maxMillis", percentile(sentMillis, 100));
        figures.put("publishedP99Millis", percentile(publishedMillis, 99));
        return figures;
    }

    private static long percentile(long[] ascending, int percentile) {
        return ascending[Math.min(ascending.length - 1, ascending.length * percentile / 100)];
    }
}
