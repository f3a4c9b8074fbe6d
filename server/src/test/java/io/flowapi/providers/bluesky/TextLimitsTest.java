package io.flowapi.providers.bluesky;

import static io.flowapi.providers.bluesky.Outcomes.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.FieldError;
import io.flowapi.providers.Content;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our count of a text against that of a real server. */
@Tag("one-database")
class TextLimitsTest {

    private static final String FAMILY = "👨‍👩‍👧‍👦";

    @RegisterExtension
    final BlueskyChannel bluesky = new BlueskyChannel();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                FAMILY,
                "🇩🇪",
                "e\u0301\u0302\u0303",
                "日",
                "👍🏽",
                "क्षि",
                "ก็",
                "각",
                "\r\n",
                "\u1100\u1161\u11a8"
            })
    void counts_as_the_server_does(String character) {
        String separator = character.equals("\r\n") ? "x" : "";
        int unit = (character + separator).getBytes(StandardCharsets.UTF_8).length;
        int most = Math.min(separator.isEmpty() ? 300 : 150, 3000 / unit);

        assertAgreement((character + separator).repeat(most), true);
        assertAgreement((character + separator).repeat(most + 1), false);
    }

    @Test
    void counts_bytes_as_the_server_does() {
        String letter = "e" + "\u0301".repeat(14);

        assertAgreement(letter.repeat(103) + "a".repeat(3000 - 103 * 29), true);
        assertAgreement(letter.repeat(103) + "a".repeat(3001 - 103 * 29), false);
    }

    private void assertAgreement(String text, boolean taken) {
        PublishOutcome outcome = bluesky.publish(bluesky.sending(text));
        List<FieldError> violations = violations(text, "/content");
        if (taken) {
            assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
            assertThat(violations).isEmpty();
        } else {
            assertThat(rejected(outcome).category()).isEqualTo(ErrorCategory.USER_CONTENT);
            assertThat(violations)
                    .isNotEmpty()
                    .allMatch(error -> error.pointer().equals("#/content"));
        }
    }

    private static List<FieldError> violations(String text, String pointer) {
        Content content = new Content(new UUID(0, 1), new UUID(0, 2), text, null);
        return Rule.violations(TextLimits.RULES, content, new Rule.Place(pointer, "/options"));
    }

    @Test
    void says_how_much_to_shorten() {
        assertThat(violations(FAMILY.repeat(301), "/targets/0/content"))
                .containsExactly(
                        new FieldError(
                                "#/targets/0/content",
                                null,
                                null,
                                "bluesky.post.graphemes",
                                "Bluesky takes at most 300 characters. This has 301 characters, 1 too many. Shorten the text.",
                                300L,
                                301L),
                        new FieldError(
                                "#/targets/0/content",
                                null,
                                null,
                                "bluesky.post.bytes",
                                "Bluesky takes at most 3000 bytes of UTF-8. This has 7525 bytes of UTF-8, 4525 too"
                                        + " many. Shorten the text.",
                                3000L,
                                7525L));
    }
}
