package io.flowapi.providers.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.LittleReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a user writes is lost, or taken for something else, on its way through LinkedIn's markup. */
@Tag("one-database")
class LittleTextTest {

    private static final int TEXTS = 50_000;

    /** What the markup is made of, whole and in pieces, and what is not of it. */
    private static final List<String> PIECES = List.of(
            "\\",
            "|",
            "{",
            "}",
            "@",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "#",
            "*",
            "_",
            "~",
            "\\\\",
            "\\#",
            "{hashtag|\\#|a}",
            "{hashtag|",
            "|}",
            "@[A b](urn:li:person:x_1)",
            "@[",
            "](",
            "](urn:li:organization:7)",
            "urn:li:person:z",
            "#tag",
            "#open_source",
            "#1",
            "#\u00e9t\u00e9",
            "\uff03tag",
            "\uff03",
            "a",
            "B",
            "7",
            " ",
            "\n",
            "\t",
            "/",
            "https://a.example/b_(c)#d",
            "&",
            "=",
            "\u00e9",
            "e\u0301",
            "\u65e5\u672c",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\0",
            "\u200b");

    private static String text(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
            text.append(
                    random.nextInt(8) == 0
                            ? (char) random.nextInt(Character.MAX_VALUE + 1)
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @Test
    void every_text_is_what_is_escaped_and_unescaped() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String text = text(seed);

            assertThat(LittleText.unescape(LittleText.escape(text)))
                    .as("seed " + seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void nothing_of_any_text_is_cut_off() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String text = text(seed);

            assertThat(LittleReader.shown(LittleText.escape(text)))
                    .as("seed " + seed)
                    .isEqualTo(LittleText.visible(text));
        }
    }

    /** Without that the test above would prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"|", "{", "}", "@", "[", "]", "(", ")", "<", ">", "# ", "*", "_", "~"})
    void what_is_not_escaped_is_cut_off(String reserved) {
        assertThat(LittleReader.shown("before " + reserved + "after"))
                .startsWith("before")
                .doesNotContain("after");
        assertThat(LittleReader.shown(LittleText.escape("before " + reserved + "after")))
                .isEqualTo("before " + reserved + "after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '"',
            value = {
                "#flow => {hashtag|\\#|flow}",
                "Now (#open_source)! => Now \\({hashtag|\\#|open\\_source}\\)!",
                "#2026ready #été => {hashtag|\\#|2026ready} {hashtag|\\#|été}",
                "＃日本 => {hashtag|＃|日本}",
                "@[Acme (EU)](urn:li:organization:2414183) did => @[Acme \\(EU\\)](urn:li:organization:2414183) did",
                "@[Ann](urn:li:person:yr_Z-1) => @[Ann](urn:li:person:yr_Z-1)"
            })
    void hashtags_and_mentions_stay_what_they_are(String text, String sent) {
        assertThat(LittleText.escape(text)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '"',
            value = {
                "C# and F# => C\\# and F\\#",
                "No. #1 => No. \\#1",
                "https://a.example/#top => https://a.example/\\#top",
                "&#39; => &\\#39;",
                "a@b.example => a\\@b.example",
                "@[Acme](urn:li:share:1) => \\@\\[Acme\\]\\(urn:li:share:1\\)",
                "{hashtag|#|x} => \\{hashtag\\|\\#\\|x\\}",
                "https://en.wikipedia.org/wiki/Flow_(psychology)#Parts =>"
                        + " https://en.wikipedia.org/wiki/Flow\\_\\(psychology\\)\\#Parts",
                "https://example.com/?#top => https://example.com/?\\#top",
                "example.com/?#top => example.com/?\\#top",
                "𠮷#tag => 𠮷\\#tag",
                "snake_case *bold* ~5 <3 => snake\\_case \\*bold\\* \\~5 \\<3"
            })
    void everything_else_is_text(String text, String sent) {
        assertThat(LittleText.escape(text)).isEqualTo(sent);
    }

    /** A pattern that looks back must not take the square of a long text's time. */
    @Test
    void a_long_text_of_signs_takes_no_time() {
        String text = "#_1".repeat(1_000) + "@[".repeat(2_000) + "\\".repeat(3_000);

        assertThat(LittleText.unescape(LittleText.escape(text))).isEqualTo(text);
    }
}
