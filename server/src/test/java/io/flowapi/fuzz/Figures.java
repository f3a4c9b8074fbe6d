package io.flowapi.fuzz;

import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
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
import java.util.Optional;
import java.util.TreeMap;

/** What was sent, what came back, and what was wrong with it. */
final class Figures {

    private static final int FINDINGS_MAX = 50;
    private static final int SHOWN_MAX = 20;
    private static final int ANSWER_SHOWN_MAX = 1_500;

    private final long seed;
    private final long started = System.nanoTime();
    private final Map<String, Integer> statuses = new TreeMap<>();
    /** One of each kind, so that a frequent one does not hide a rare one. */
    private final Map<String, String> broken = new LinkedHashMap<>();

    private int requests;
    private int valid;
    private int findings;

    Figures(long seed) {
        this.seed = seed;
    }

    void count(Sent sent, Optional<Answer> answer, Optional<String> wrong) {
        requests++;
        valid += sent.valid() ? 1 : 0;
        statuses.merge(answer.map(any -> String.valueOf(any.status())).orElse("closed"), 1, Integer::sum);
        wrong.ifPresent(what -> note(sent, answer.map(Answer::text).orElse(""), what));
    }

    private void note(Sent sent, String answer, String what) {
        findings++;
        String kind = sent.operation().id() + " " + what.replaceFirst("(?s):.*", "");
        if (broken.size() < SHOWN_MAX && !broken.containsKey(kind)) {
            broken.put(
                    kind,
                    "-Dflow.test.seed=%d, request %d, %s: %s%n  printf '%s'%n  %s"
                            .formatted(
                                    seed,
                                    sent.number(),
                                    sent.operation().id(),
                                    what,
                                    sent.shown(),
                                    answer.substring(0, Math.min(answer.length(), ANSWER_SHOWN_MAX))));
        }
    }

    /** A server that is this broken may hang on each of the rest. */
    boolean enough() {
        return findings >= FINDINGS_MAX;
    }

    List<String> broken() {
        return new ArrayList<>(broken.values());
    }

    /** Prints the figures, and writes them to the file that {@code flow.test.evidence} names. */
    void report() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", "fuzz");
        figures.put("date", Instant.now());
        figures.put("database", System.getProperty("flow.test.database", "sqlite"));
        figures.put("seed", seed);
        figures.put("requests", requests);
        figures.put("valid", valid);
        figures.put("findings", findings);
        figures.put("statuses", statuses);
        figures.put("seconds", Duration.ofNanos(System.nanoTime() - started).toSeconds());
        System.out.println("fuzz: " + Json.text(figures));
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
