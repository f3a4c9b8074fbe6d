package io.flowapi.providers;

import io.flowapi.api.model.ChannelRules;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.PreflightRule;
import io.flowapi.api.model.RuleSeverity;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.Warning;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a network demands of a post, as data: what is shown of it is what is enforced.
 *
 * @param id {@code <provider>.<surface>.<check>}; it stays for ever
 * @param severity whether a post that breaks it is refused or only warned of
 * @param description what is demanded, as a sentence
 * @param limit what may be reached and not exceeded; null where nothing of the kind may be there
 * @param unit what is counted, such as {@code characters}
 * @param remediation what to change, as a sentence
 */
public record Rule(
        String id,
        RuleSeverity severity,
        String description,
        @Nullable Long limit,
        String unit,
        String remediation,
        Measure measure) {

    /**
     * What is counted of a post.
     *
     * @param option the option that it is about; null for the text
     */
    public record Measure(@Nullable String option, ToLongFunction<Content> count) {

        public static Measure ofText(ToLongFunction<String> count) {
            return new Measure(null, content -> count.applyAsLong(content.text()));
        }

        /** @param count is not asked of a post without options */
        public static Measure ofOption(String option, ToLongFunction<TargetOptions> count) {
            return new Measure(option, content -> content.options() == null ? 0 : count.applyAsLong(content.options()));
        }
    }

    /** Where a post's parts stand in the body of a request: pointers such as {@code /content}. */
    public record Place(String text, String options) {

        String of(Measure measure) {
            return "#" + (measure.option() == null ? text : options + "/" + measure.option());
        }
    }

    public static ChannelRules shown(List<Rule> rules) {
        return new ChannelRules(rules.stream().map(Rule::shown).toList());
    }

    private PreflightRule shown() {
        return new PreflightRule(
                id, severity, description, limit, unit, measure.option(), remediation, "/docs/rules#" + id);
    }

    /** What breaks the rules for good, all of it. */
    public static List<FieldError> violations(List<Rule> rules, Content content, Place place) {
        return rules.stream()
                .filter(rule -> rule.severity == RuleSeverity.ERROR)
                .flatMap(rule -> rule
                        .broken(content)
                        .map(actual -> new FieldError(
                                place.of(rule.measure), null, null, rule.id, rule.detail(actual), rule.limit, actual))
                        .stream())
                .toList();
    }

    /** What is taken, and still may not be what was meant. */
    public static List<Warning> warnings(List<Rule> rules, Content content, Place place) {
        return rules.stream()
                .filter(rule -> rule.severity == RuleSeverity.WARNING)
                .flatMap(rule -> rule
                        .broken(content)
                        .map(actual -> new Warning(rule.id, place.of(rule.measure), rule.detail(actual)))
                        .stream())
                .toList();
    }

    private Optional<Long> broken(Content content) {
        long actual = measure.count().applyAsLong(content);
        return actual > (limit == null ? 0 : limit) ? Optional.of(actual) : Optional.empty();
    }

    private String detail(long actual) {
        String excess = limit == null ? "" : ", %d too many".formatted(actual - limit);
        return "%s This has %d %s%s. %s".formatted(description, actual, unit, excess, remediation);
    }
}
