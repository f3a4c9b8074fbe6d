package io.flowapi.providers.linkedin;

import io.flowapi.api.model.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** What LinkedIn would refuse, counted on what a reader sees: neither escapes nor the URN of a mention count. */
final class TextRules {

    private static final int CHARACTERS_MAX = 3000;

    /** White space of any kind, and what takes no place at all. */
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{C}]");

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "linkedin.post.characters",
                    CHARACTERS_MAX,
                    visible -> visible.codePointCount(0, visible.length()),
                    (limit, actual) -> actual <= limit,
                    "LinkedIn takes at most %1$d characters; this text has %2$d. Shorten it by %3$d."),
            new Rule(
                    "linkedin.post.empty",
                    1,
                    visible -> UNSEEN.matcher(visible).replaceAll("").length(),
                    (limit, actual) -> actual >= limit,
                    "LinkedIn takes no text of which nothing is seen. Write something."));

    private TextRules() {}

    private interface Holds {
        boolean holds(long limit, long actual);
    }

    private record Rule(String id, long limit, ToLongFunction<String> count, Holds holds, String otherwise) {

        Optional<FieldError> violation(String visible, String pointer) {
            long actual = count.applyAsLong(visible);
            if (holds.holds(limit, actual)) {
                return Optional.empty();
            }
            String detail = otherwise.formatted(limit, actual, actual - limit);
            return Optional.of(new FieldError("#" + pointer, null, null, id, detail, limit, actual));
        }
    }

    static List<FieldError> violations(String text, String pointer) {
        String visible = LittleText.visible(text);
        return RULES.stream()
                .flatMap(rule -> rule.violation(visible, pointer).stream())
                .toList();
    }
}
