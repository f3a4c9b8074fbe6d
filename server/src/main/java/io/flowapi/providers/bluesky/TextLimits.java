package io.flowapi.providers.bluesky;

import io.flowapi.api.model.RuleSeverity;
import io.flowapi.providers.Graphemes;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Rule.Measure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;

/** How long a text may be: two limits, counted as the network counts. */
final class TextLimits {

    private static final int GRAPHEMES_MAX = 300;
    private static final int BYTES_MAX = 3000;

    static final List<Rule> RULES = List.of(
            most("bluesky.post.graphemes", GRAPHEMES_MAX, "characters", Graphemes::count),
            most("bluesky.post.bytes", BYTES_MAX, "bytes of UTF-8", TextLimits::bytes));

    private TextLimits() {}

    private static Rule most(String id, long limit, String unit, ToLongFunction<String> count) {
        return new Rule(
                id,
                RuleSeverity.ERROR,
                "Bluesky takes at most " + limit + " " + unit + ".",
                limit,
                unit,
                "Shorten the text.",
                Measure.ofText(count));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
