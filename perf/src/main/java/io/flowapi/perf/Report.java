package io.flowapi.perf;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, for people and for the record.
 *
 * @param ratio created posts for each bare commit
 */
record Report(List<Line> lines, double ratio, int callers, int seconds) {

    void print() {
        System.out.printf(
                "%d callers, %d processors, median of %d rounds of %d s%n%n",
                callers, processors(), lines.getFirst().samples().size(), seconds);
        System.out.printf("%-24s per second   (least - most)      p50 ms   p95 ms   p99 ms   CPU us%n", "");
        lines.forEach(line -> System.out.println(line.text()));
        System.out.printf("%nA draft over HTTP comes at %.2f of the rate of the bare commit.%n", ratio);
    }

    void write(Path file) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", "create-post");
        figures.put("date", Instant.now());
        figures.put("commit", commit());
        figures.put("java", Runtime.version().toString());
        figures.put("processors", processors());
        figures.put("callers", callers);
        figures.put("secondsEach", seconds);
        lines.forEach(line -> figures.put(line.name(), line.figures()));
        figures.put("draftsToBare", ratio);
        Files.write(file, Json.bytes(figures));
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Empty outside a clone. */
    static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException noGit) {
            return "";
        }
    }
}
