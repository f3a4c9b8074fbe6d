package io.flowapi.simulation;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The histories of a range of seeds, and what broke in them. */
final class Histories {

    private static final int BROKEN_MAX = 5;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final long from;
    private final long to;
    private final List<String> broken = new ArrayList<>();
    private final long started = System.nanoTime();
    private long run;
    private long steps;
    private long left;

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

    /** Each history is one thread's; as many are run at once as there are processors. */
    void run() {
        AtomicLong next = new AtomicLong(from);
        try (ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS)) {
            List<Callable<Void>> runners = Collections.nCopies(PROCESSORS, () -> run(next));
            for (Future<Void> runner : threads.invokeAll(runners)) {
                runner.get();
            }
        } catch (InterruptedException | ExecutionException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private @Nullable Void run(AtomicLong next) {
        try (Runs runs = new Runs()) {
            for (long seed = next.getAndIncrement(); seed <= to && goOn(); seed = next.getAndIncrement()) {
                note(seed, runs.of(seed));
            }
        }
        return null;
    }

    private synchronized boolean goOn() {
        return broken.size() < BROKEN_MAX;
    }

    private synchronized void note(long seed, Simulation.Verdict verdict) {
        run++;
        steps += verdict.steps();
        left += verdict.left();
        if (!verdict.holds() || from == to) {
            System.out.println(verdict.history());
        }
        if (!verdict.holds()) {
            broken.add("-Dflow.test.seed=" + seed + ": " + verdict.broken());
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
        figures.put("leftToAPerson", left);
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
