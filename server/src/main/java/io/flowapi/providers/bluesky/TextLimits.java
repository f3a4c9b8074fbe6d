package io.flowapi.providers.bluesky;

import io.flowapi.api.model.FieldError;
import io.flowapi.providers.Graphemes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How long a text may be: two limits, counted as the network counts. */
final class TextLimits {

    private static final int GRAPHEMES_MAX = 300;
    private static final int BYTES_MAX = 3000;

    private TextLimits() {}

    static List<FieldError> violations(String text, String pointer) {
        List<FieldError> violations = new ArrayList<>();
        int graphemes = Graphemes.count(text);
        if (graphemes > GRAPHEMES_MAX) {
            violations.add(violation(pointer, "bluesky.post.graphemes", "characters", GRAPHEMES_MAX, graphemes));
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            violations.add(violation(pointer, "bluesky.post.bytes", "bytes of UTF-8", BYTES_MAX, bytes));
        }
        return violations;
    }

    private static FieldError violation(String pointer, String rule, String unit, int limit, int actual) {
        String detail = "Bluesky takes at most %d %s; this text has %d. Shorten it by %d."
                .formatted(limit, unit, actual, actual - limit);
        return new FieldError("#" + pointer, null, null, rule, detail, (long) limit, (long) actual);
    }
}
