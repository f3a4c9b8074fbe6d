package io.flowapi.providers.x;

import com.twitter.twittertext.Extractor;
import io.flowapi.api.model.RuleSeverity;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Rule.Measure;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What X takes of a post, counted with X's own library, and what it costs. */
final class PostRules {

    /** All but what nobody sees: white space, controls, joiners, marks of direction. */
    private static final Pattern VISIBLE = Pattern.compile("[^\\s\\p{Z}\\p{Cc}\\p{Cf}]");

    /** X's library calls a text with one of them invalid. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\uFFFE\\uFEFF\\uFFFF]");

    static final List<Rule> RULES = List.of(
            refused(
                    "x.post.weighted_characters",
                    "X takes at most 280 characters; a link counts 23, and an emoji or a character of Chinese, Japanese or"
                            + " Korean counts 2.",
                    280L,
                    "characters",
                    "Shorten the text.",
                    PostRules::weight),
            refused(
                    "x.post.empty",
                    "X takes no text in which there is nothing to see.",
                    null,
                    "texts without a visible character",
                    "Write something.",
                    text -> VISIBLE.matcher(text).find() ? 0 : 1),
            refused(
                    "x.post.invalid_characters",
                    "X takes no text with U+FFFE, U+FEFF or U+FFFF.",
                    null,
                    "such characters",
                    "Remove them.",
                    text -> FORBIDDEN.matcher(text).results().count()),
            refused(
                    "x.post.cashtags",
                    "X takes at most one cashtag, such as $ABC, from an application.",
                    1L,
                    "cashtags",
                    "Write the others without the dollar sign.",
                    PostRules::cashtags),
            new Rule(
                    "x.post.url_price",
                    RuleSeverity.WARNING,
                    "X charges more than ten times as much for a post with a link ($0.20 in place of $0.015 in 2026).",
                    null,
                    "links",
                    "Leave the link out if it is not needed.",
                    Measure.ofText(PostRules::links)),
            new Rule(
                    "x.post.reply_summoned",
                    RuleSeverity.WARNING,
                    "X lets an application reply only to who has mentioned or quoted the account.",
                    null,
                    "reply",
                    "Make sure that the account was mentioned there, or post it without inReplyToPostId.",
                    Measure.ofOption("inReplyToPostId", options -> options.inReplyToPostId() == null ? 0 : 1)));

    private PostRules() {}

    private static Rule refused(
            String id,
            String description,
            @Nullable Long limit,
            String unit,
            String remediation,
            ToLongFunction<String> count) {
        return new Rule(id, RuleSeverity.ERROR, description, limit, unit, remediation, Measure.ofText(count));
    }

    static long weight(String text) {
        return CountedText.weight(text);
    }

    static long cashtags(String text) {
        return new Extractor().extractCashtags(text).size();
    }

    static long links(String text) {
        return CountedText.links(text);
    }
}
