package io.flowapi.providers.linkedin;

import io.flowapi.api.model.RuleSeverity;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Rule.Measure;
import java.util.List;
import java.util.regex.Pattern;

/** What LinkedIn takes of a post, counted on what a reader sees: neither escapes nor the URN of a mention count. */
final class TextRules {

    /** All but what nobody sees: white space, controls, joiners, marks of direction. */
    private static final Pattern VISIBLE = Pattern.compile("[^\\s\\p{Z}\\p{Cc}\\p{Cf}]");

    static final List<Rule> RULES = List.of(
            new Rule(
                    "linkedin.post.characters",
                    RuleSeverity.ERROR,
                    "LinkedIn takes at most 3,000 characters; a mention counts as its name.",
                    3000L,
                    "characters",
                    "Shorten the text.",
                    Measure.ofText(TextRules::characters)),
            new Rule(
                    "linkedin.post.empty",
                    RuleSeverity.ERROR,
                    "LinkedIn takes no text in which there is nothing to see.",
                    null,
                    "texts without a visible character",
                    "Write something.",
                    Measure.ofText(text -> VISIBLE.matcher(text).find() ? 0 : 1)));

    private TextRules() {}

    private static long characters(String text) {
        return LittleText.visible(text).codePoints().count();
    }
}
