package io.flowapi.platform.metrics;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Scrape;
import io.flowapi.testing.Scrape.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds docs/metrics.md and a real scrape to each other. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String HEAD = "| metric | type | labels | what it is |\n|---|---|---|---|\n";
    private static final Pattern LABEL_ROW =
            Pattern.compile("(?m)^\\| (`[a-z]+`(?:, `[a-z]+`)*)(?: of [a-z ]+)? \\| (.*) \\|$");
    private static final Pattern LABEL = Pattern.compile("`([a-z]+)`");

    @RegisterExtension
    static final EveryFigure every = new EveryFigure();

    @Test
    void the_table_is_made_from_a_scrape() throws IOException {
        String written = Files.readString(PAGE);
        int start = written.indexOf(HEAD);
        String expected =
                written.substring(0, start) + HEAD + table() + written.substring(written.indexOf("\n| label |"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/metrics.md (-Dgolden.update=true rewrites its table)")
                .isEqualTo(expected);
    }

    @Test
    void every_label_is_explained_and_no_other() throws IOException {
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("| label |"), page.indexOf("## Against"));
        Set<String> explained = LABEL_ROW
                .matcher(table)
                .results()
                .flatMap(row -> LABEL.matcher(row.group(1)).results())
                .map(label -> label.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(explained)
                .isEqualTo(
                        ours().flatMap(family -> labels(family.name()).stream()).collect(toCollection(TreeSet::new)));
    }

    @Test
    void what_is_not_ours_has_the_names_that_the_page_says() {
        assertThat(every.scrape().families().keySet())
                .allMatch(name -> name.matches("(?:flow|jvm|process|system)_\\w+"))
                .anyMatch(name -> name.startsWith("jvm_memory"))
                .anyMatch(name -> name.startsWith("process_"))
                .anyMatch(name -> name.startsWith("system_"));
    }

    @Test
    void every_figure_says_what_it_is() {
        assertThat(ours())
                .allSatisfy(family ->
                        assertThat(family.help()).hasSizeGreaterThan(10).doesNotContain("|"));
    }

    private static Stream<Family> ours() {
        return every.scrape().families().values().stream()
                .filter(family ->
                        family.name().startsWith("flow_") && !family.name().endsWith("_seconds_max"));
    }

    private static String table() {
        return ours().map(MetricsPageTest::row).collect(joining());
    }

    private static String row(Family family) {
        String labels =
                labels(family.name()).stream().map(label -> "`" + label + "`").collect(joining(", "));
        return "| `%s` | %s | %s | %s |\n".formatted(family.name(), family.type(), labels, family.help());
    }

    private static Set<String> labels(String family) {
        Scrape scrape = every.scrape();
        return Stream.of(family, family + "_count")
                .flatMap(scrape::all)
                .flatMap(sample -> sample.labels().keySet().stream())
                .collect(toCollection(TreeSet::new));
    }
}
