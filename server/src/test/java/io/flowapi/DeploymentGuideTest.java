package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds docs/deployment-guide.md to being whole and true. */
@Tag("one-database")
class DeploymentGuideTest {

    /** The guide's lines, in its order. */
    private static final List<String> LINES = List.of(
            "health.liveness health.readiness health.draining health.body health.failing",
            "degradation.database degradation.storage degradation.queue",
            "cors.production cors.star cors.unset cors.development",
            "limits.body limits.target limits.query",
            "rates.default rates.posts rates.webhooks rates.keys",
            "headers.always headers.tls",
            "names.channel content.required content.length content.html",
            "webhooks.url ids.uuid breakers.providers",
            "timeouts.database timeouts.storage timeouts.external timeouts.webhook",
            "audit.keys audit.webhooks requests.log",
            "checklist.app-url checklist.cors checklist.health checklist.alerts checklist.audit checklist.rates",
            "checklist.errors checklist.backups checklist.tested",
            "performance.response performance.query performance.health performance.uptime",
            "sla.uptime sla.latency sla.errors sla.webhooks");

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z.-]+\\.[a-z-]+) \\| .* \\| (.*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern STEP = Pattern.compile("step: `([^`]+)`");
    private static final Pattern MARK = Pattern.compile("comes? with: `([^`]+)`");

    private record Row(String line, String proof) {
        Stream<MatchResult> all(Pattern pattern) {
            return pattern.matcher(proof).results();
        }
    }

    @Test
    void every_line_of_the_guide_stands_there_once() {
        assertThat(rows().map(Row::line).toList())
                .isEqualTo(LINES.stream()
                        .flatMap(lines -> Stream.of(lines.split(" ")))
                        .toList());
    }

    @Test
    void every_line_has_a_proof_or_a_mark() {
        assertThat(rows())
                .allSatisfy(row -> assertThat(Stream.of(TEST, STEP, MARK).flatMap(row::all))
                        .as(row.line())
                        .isNotEmpty());
    }

    @Test
    void every_test_exists() {
        assertThat(rows().flatMap(row -> row.all(TEST))).allSatisfy(test -> {
            Path file = sources("src/test/java", "/" + test.group(1) + ".java")
                    .findAny()
                    .orElse(null);
            assertThat(file).as(test.group()).isNotNull();
            assertThat(read(file)).contains(" " + test.group(2) + "(");
        });
    }

    @Test
    void every_step_is_one_of_the_gate() {
        assertThat(rows().flatMap(row -> row.all(STEP)))
                .allSatisfy(step -> assertThat(read(ROOT.resolve("check"))).contains("\"" + step.group(1) + "\""));
    }

    @Test
    void nothing_that_exists_is_marked_as_coming() {
        String everything = Stream.concat(sources("src/main/java", ".java"), sources("openapi", ".yaml"))
                .map(DeploymentGuideTest::read)
                .collect(Collectors.joining("\n"));

        assertThat(rows().flatMap(row -> row.all(MARK)).map(mark -> mark.group(1)))
                .allSatisfy(coming -> {
                    assertThat(everything.contains(coming)).as(coming).isFalse();
                    assertThat(ROOT.resolve(coming)).doesNotExist();
                });
    }

    private static Stream<Row> rows() {
        return ROW.matcher(read(ROOT.resolve("docs/deployment-guide.md")))
                .results()
                .map(row -> new Row(row.group(1), row.group(2)));
    }

    /** The sources of that kind in every module; not all below the root, where tests write meanwhile. */
    private static Stream<Path> sources(String folder, String ending) {
        return Stream.of("api", "server", "clients/java", "contracts", "contracts/resiliency", "perf")
                .map(module -> ROOT.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(DeploymentGuideTest::files)
                .filter(file -> file.toString().endsWith(ending));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
