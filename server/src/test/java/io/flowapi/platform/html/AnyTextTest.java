package io.flowapi.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for any text, seen on many. */
@Tag("one-database")
class AnyTextTest {

    private static final int TEXTS = 20_000;

    private static final String SPACE = "[ \\t\\n\\f\\r]";
    private static final String OF_NAME = "[^ \\t\\n\\f\\r/>]";
    private static final String OF_VALUE = "[^ \\t\\n\\f\\r>]";

    /** What the tokenizer of the HTML standard takes for one: a name, and a value if there is a sign for it. */
    private static final String ATTRIBUTE = "(" + OF_NAME + "(?:(?!=)" + OF_NAME + ")*+)"
            + "(?:" + SPACE + "*+=" + SPACE + "*+(\"[^\"]*+\"|'[^']*+'|(?![\"'])" + OF_VALUE + "++|(?=>|$))"
            + "|(?!" + SPACE + "*+=))";

    private static final Pattern ONE_ATTRIBUTE = Pattern.compile(ATTRIBUTE);

    private static final Pattern TAG =
            Pattern.compile("</?([a-zA-Z]" + OF_NAME + "*+)((?:(?:" + SPACE + "|/)++|" + ATTRIBUTE + ")*+)>");

    private static final Pattern TAG_IN_TAG = Pattern.compile("</?[a-zA-Z][^>]*<");

    /** What tags are made of, whole and in pieces. */
    private static final List<String> PIECES = List.of(
            "<",
            "</",
            ">",
            "<https:",
            ":",
            "//",
            "?",
            "#",
            "<b>",
            "</b>",
            "b",
            "script",
            "x",
            "-",
            "--",
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<!--->",
            "!",
            "<!doctype",
            "=",
            "\"",
            "'",
            "/",
            " ",
            "\n",
            "a=",
            "<a href=\"",
            "<x ",
            "&lt;",
            "\u00e9",
            "\ud83d\ude00",
            "3");

    @Test
    void jsoup_finds_no_element_in_what_remains() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String left = HtmlTags.remove(text(seed)).text();

            // jsoup ends a tag at the next "<"; the HTML standard does not.
            if (!TAG_IN_TAG.matcher(left).find()) {
                assertThat(Jsoup.parseBodyFragment(left).body().children().select("*"))
                        .as("seed " + seed + ": " + left)
                        .allMatch(element -> !element.normalName().contains("-")
                                && !ElementNames.has(element.normalName())
                                && (element.attributesSize() == 0 || isAddress(element)));
            }
        }
    }

    /** Without white space, and without a value but behind what no attribute has in its name. */
    private static boolean isAddress(Element element) {
        return element.normalName().contains(":")
                && element.attributes().asList().stream()
                        .allMatch(part ->
                                part.getValue().isEmpty() || part.getKey().matches("(?s).*[?#].*"));
    }

    /** Each "<" on its own: what stands before it may be anything. */
    @Test
    void a_browser_finds_no_element_in_what_remains_wherever_it_begins() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String left = HtmlTags.remove(text(seed)).text();
            Matcher tag = TAG.matcher(left);

            for (int at = left.indexOf('<'); at >= 0; at = left.indexOf('<', at + 1)) {
                if (tag.region(at, left.length()).lookingAt()) {
                    String name = tag.group(1);
                    assertThat(ElementNames.has(name) || name.contains("-") || !isHarmless(name, tag.group(2)))
                            .as("seed " + seed + ": " + left)
                            .isFalse();
                }
            }
        }
    }

    /** No attribute but the parts of an address. */
    private static boolean isHarmless(String name, String attributes) {
        Matcher attribute = ONE_ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            boolean value = attribute.group(2) != null && !attribute.group(2).isEmpty();
            boolean separate = attribute.start() > 0 && attributes.charAt(attribute.start() - 1) != '/';
            if (!name.contains(":") || separate || value && !attribute.group(1).matches("(?s).*[?#].*")) {
                return false;
            }
        }
        return true;
    }

    @Test
    void removing_twice_is_removing_once_whatever_the_text() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String text = text(seed);

            String once = HtmlTags.remove(text).text();

            assertThat(HtmlTags.remove(once))
                    .as("seed " + seed + ": " + text)
                    .isEqualTo(new HtmlTags.Remainder(once, 0));
            assertThat(once.length()).isLessThanOrEqualTo(text.length());
        }
    }

    @Test
    void a_text_without_an_opening_or_a_closing_bracket_stays_as_it_is() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String opening = text(seed).replace(">", "");
            String closing = text(seed).replace("<", "");

            assertThat(HtmlTags.remove(opening).text()).isEqualTo(opening);
            assertThat(HtmlTags.remove(closing).text()).isEqualTo(closing);
        }
    }

    private static String text(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(24);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
