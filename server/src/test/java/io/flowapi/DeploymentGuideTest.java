package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z.-]+\\.[a-z-]+) \\| .* \\| (.*) \\|$");
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
                .allSatisfy(row -> assertThat(
                                Stream.of(NamedTests.PATTERN, STEP, MARK).flatMap(row::all))
                        .as(row.line())
                        .isNotEmpty());
    }

    @Test
    void every_test_exists() {
        rows().map(Row::proof).forEach(NamedTests::allExist);
    }

    @Test
    void every_step_is_one_of_the_gate() {
        assertThat(rows().flatMap(row -> row.all(STEP)))
                .allSatisfy(step -> assertThat(NamedTests.read(NamedTests.ROOT.resolve("check")))
                        .contains("\"" + step.group(1) + "\""));
    }

    @Test
    void nothing_that_exists_is_marked_as_coming() {
        String everything = Stream.concat(
                        NamedTests.sources("src/main/java", ".java"), NamedTests.sources("openapi", ".yaml"))
                .map(NamedTests::read)
                .collect(Collectors.joining("\n"));

        assertThat(rows().flatMap(row -> row.all(MARK)).map(mark -> mark.group(1)))
                .allSatisfy(coming -> {
                    assertThat(everything.contains(coming)).as(coming).isFalse();
                    assertThat(NamedTests.ROOT.resolve(coming)).doesNotExist();
                });
    }

    private static Stream<Row> rows() {
        return ROW.matcher(NamedTests.read(NamedTests.ROOT.resolve("docs/deployment-guide.md")))
                .results()
                .map(row -> new Row(row.group(1), row.group(2)));
    }
}
