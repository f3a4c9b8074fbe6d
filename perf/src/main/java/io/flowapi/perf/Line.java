package io.flowapi.perf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of the table: the samples of one kind of call, one from each round. */
record Line(String name, List<Sample> samples) {

    Line(String name) {
        this(name, new ArrayList<>());
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    void clear() {
        samples.clear();
    }

    /** The round in the middle: its rate and its latencies belong together. */
    Sample median() {
        List<Sample> sorted =
                samples.stream().sorted(Comparator.comparing(Sample::perSecond)).toList();
        return sorted.get(sorted.size() / 2);
    }

    String text() {
        Sample median = median();
        double least = samples.stream().mapToDouble(Sample::perSecond).min().orElseThrow();
        double most = samples.stream().mapToDouble(Sample::perSecond).max().orElseThrow();
        return "%-24s %,7.0f  (%,6.0f - %,6.0f)   %7.2f  %7.2f  %7.2f   %,6.0f"
                .formatted(
                        name,
                        median.perSecond(),
                        least,
                        most,
                        median.millis(50),
                        median.millis(95),
                        median.millis(99),
                        median.cpuMicrosEach());
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(median().figures());
        figures.put("rounds", samples.stream().map(Sample::figures).toList());
        return figures;
    }
}
