package io.flowapi.simulation;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The histories of a range of seeds, and what broke in them. */
final class Histories {

    private static final int BROKEN_MAX = 5;

    private final long from;
    private final long to;
    private final List<String> broken = new ArrayList<>();
    private final long started = System.nanoTime();
    private long run;
    private long steps;

    private Histories(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** Those that were asked for, or as many from the first. */
    static Histories asked(int many) {
        Long seed = Long.getLong("flow.test.seed");
        if (seed != null) {
            return new Histories(seed, seed);
        }
        String[] range =
                System.getProperty("flow.test.simulation.seeds", "1-" + many).split("-");
        return new Histories(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    void run() {
        try (Runs runs = new Runs()) {
            for (long seed = from; seed <= to && broken.size() < BROKEN_MAX; seed++) {
                Simulation.Verdict verdict = runs.of(seed);
                run++;
                steps += verdict.steps();
                if (!verdict.holds() || from == to) {
                    System.out.println(verdict.history());
                }
                if (!verdict.holds()) {
                    broken.add("-Dflow.test.seed=" + seed + ": " + verdict.broken());
                }
            }
        }
    }

    List<String> broken() {
        return broken;
    }

    /** Prints the figures, and writes them to the file that {@code flow.test.evidence} names. */
    void report() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", "simulation");
        figures.put("date", Instant.now());
        figures.put("seeds", from + "-" + to);
        figures.put("histories", run);
        figures.put("steps", steps);
        figures.put("broken", broken);
        figures.put("seconds", Duration.ofNanos(System.nanoTime() - started).toSeconds());
        System.out.println("simulation: " + Json.text(figures));
        String file = System.getProperty("flow.test.evidence");
        if (file != null) {
            try {
                Files.write(Path.of(file), Json.bytes(figures));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
