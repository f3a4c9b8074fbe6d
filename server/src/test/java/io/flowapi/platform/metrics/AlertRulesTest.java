package io.flowapi.platform.metrics;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.testing.Documented;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds the alert rules to a real scrape, to the page that explains them, and to having tests of their own. */
@Tag("one-database")
class AlertRulesTest {

    private static final Path RULES = Path.of("..", "deploy", "prometheus");
    private static final Pattern METRIC = Pattern.compile("\\b(flow_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(!?=~?)\"([^\"]*)\"");
    private static final Pattern RECORDED = Pattern.compile("\\bflow:[\\w:]+");
    private static final Pattern GROUPED = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");

    /** Made by Prometheus of whether a scrape went well. */
    private static final String ITS_OWN = "up{";

    /** Given by Prometheus to every series. */
    private static final Set<String> SCRAPED = Set.of("job", "instance", "le");

    @RegisterExtension
    static final EveryFigure every = new EveryFigure();

    @Test
    void every_metric_label_and_value_in_a_rule_is_in_a_real_scrape() throws IOException {
        for (JsonNode rule : rules()) {
            String expression = rule.path("expr").asText();
            List<MatchResult> metrics = METRIC.matcher(expression).results().toList();
            assertThat(metrics.isEmpty() && !RECORDED.matcher(expression).find() && !expression.startsWith(ITS_OWN))
                    .as(expression)
                    .isFalse();
            metrics.forEach(metric -> assertThatIsScraped(metric.group(1), metric.group(2)));
        }
    }

    private static void assertThatIsScraped(String metric, String matchers) {
        assertThat(every.scrape().has(metric)).as(metric).isTrue();
        MATCHER.matcher(matchers == null ? "" : matchers).results().forEach(matcher -> {
            List<String> values = every.scrape().values(metric, matcher.group(1));
            assertThat(values).as(metric + " has the label " + matcher.group(1)).doesNotContainNull();
            if (matcher.group(2).equals("=") && !SCRAPED.contains(matcher.group(1))) {
                assertThat(values).as(metric).contains(matcher.group(3));
            }
        });
    }

    @Test
    void every_label_that_is_grouped_by_is_in_a_real_scrape() throws IOException {
        Set<String> labels = new TreeSet<>(SCRAPED);
        every.scrape().samples().forEach(sample -> labels.addAll(sample.labels().keySet()));
        for (JsonNode rule : rules()) {
            GROUPED.matcher(rule.path("expr").asText())
                    .results()
                    .forEach(group -> assertThat(labels).contains(group.group(1).split(", ")));
        }
    }

    @Test
    void every_recorded_figure_that_a_rule_uses_is_recorded() throws IOException {
        List<String> recorded =
                rules().stream().map(rule -> rule.path("record").asText()).toList();
        for (JsonNode rule : rules()) {
            RECORDED.matcher(rule.path("expr").asText())
                    .results()
                    .forEach(used -> assertThat(recorded).contains(used.group()));
        }
    }

    @Test
    void the_slow_answers_are_those_of_the_operations_with_a_key() throws IOException {
        String expression = alerts().stream()
                .filter(alert -> alert.path("alert").asText().equals("FlowSlow"))
                .findFirst()
                .orElseThrow()
                .path("expr")
                .asText();
        String left = expression.replaceFirst("(?s).*operation!~\"([^\"]*)\".*", "$1");
        Set<String> expected = new TreeSet<>(Set.of("reference", "unmatched"));
        Documented.OPERATIONS.stream()
                .filter(operation -> !operation.secured())
                .forEach(operation -> expected.add(operation.id()));

        assertThat(List.of(left.split("\\|"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void every_alert_says_how_bad_it_is_and_where_it_is_explained() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        assertThat(alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/metrics.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(page).contains("\n### " + name + "\n");
        });
        assertThat(Pattern.compile("(?m)^### (\\w+)$").matcher(page).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void every_alert_is_tested_to_fire_and_not_to_fire() throws IOException {
        Set<String> fire = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (String file : List.of("flow-alerts.test.yml", "flow-alerts-days.test.yml")) {
            for (JsonNode test :
                    new YAMLMapper().readTree(RULES.resolve(file).toFile()).path("tests")) {
                for (JsonNode held : test.path("alert_rule_test")) {
                    (held.has("exp_alerts") ? fire : silent)
                            .add(held.path("alertname").asText());
                }
            }
        }

        assertThat(fire).isEqualTo(names());
        assertThat(silent).isEqualTo(names());
    }

    private static Set<String> names() throws IOException {
        return alerts().stream().map(alert -> alert.path("alert").asText()).collect(toCollection(TreeSet::new));
    }

    private static List<JsonNode> alerts() throws IOException {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new YAMLMapper()
                .readTree(RULES.resolve("flow-alerts.yml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }
}
