package io.flowapi.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class HtmlTagsTest {

    private static final int TEXTS = 20_000;

    private static final Pattern TAG_IN_TAG = Pattern.compile("</?[a-zA-Z][^>]*<");

    /** What tags are made of, whole and in pieces. */
    private static final List<String> PIECES = List.of(
            "<",
            "</",
            ">",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a < b and c > d",
                "a<3>b",
                "I <3 you",
                "I </3 Mondays",
                "List<String>",
                "Map<K,V>",
                "<stranger> and </stranger> and <stranger/>",
                "<b unfinished",
                "an <a href=\"x>y",
                "</ b>",
                "< b>",
                "<!-- unfinished --",
                "<!-- unfinished --!",
                "<!--!>",
                "<!---!>",
                "<!-- ->",
                "<!-- -!>",
                "<!-- --!-!>",
                "<! b>",
                "<!doc>",
                "<!doctype html",
                "<?xml version='1.0'?>",
                "<![CDATA[x]]>",
                "<lin\u212a>",
                "<\u00e9l\u00e9ment>",
                "&lt;b&gt; &amp; &copy; ?a=1&copy=2",
                "  two  spaces,\ttabs\r\nand lines \u00a0 "
            })
    void what_is_no_tag_stays(String text) {
        assertThat(HtmlTags.remove(text)).isEqualTo(new HtmlTags.Remainder(text, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "<b>bold</b>|bold",
                "<B>bold</B >|bold",
                "a<br>b<br/>c<br />d|abcd",
                " <p> x </p> |  x  ",
                "<script>alert(1)</script>|alert(1)",
                "<a title=\"1 > 0\">x</a>|x",
                "<a title='1 > 0'>x</a>|x",
                "<a title = '\">' b>x|x",
                "<a it's>x|x",
                "<a title=<b>x|x",
                "<svg/onload=x>y|y",
                "<linearGradient>x|x",
                "<mfrac>x</mfrac>|x",
                "<my-card>x</my-card>|x",
                "<x:y-z>x|x",
                "<stranger onclick=x>y|y",
                "<stranger/onclick>y|y",
                "</stranger x>y|y",
                "a<!-- b -->c|ac",
                "a<!-- > -- - <b> -->c|ac",
                "a<!-->c|ac",
                "a<!--->c|ac",
                "a<!---->c|ac",
                "a<!-- b --!>c|ac",
                "a<!----!>c|ac",
                "a<!-----!>c|ac",
                "a<!-- b --!-->c|ac",
                "a<!-- b --! > --!>c|ac",
                "a<!-- b --!-!> -->c|ac",
                "a<!--!> b -->c|ac",
                "a<!---!> b -->c|ac",
                "a<!-- <!--> b -->c|a b -->c",
                "a<!-- b -<i>-!>c|ac",
                "a<!-- b -- -->c|ac",
                "<!DOCTYPE html>x|x",
                "<!doctype>x|x",
                "1 < 2 <b>and</b> 3 > 2|1 < 2 and 3 > 2"
            })
    void tags_comments_and_doctypes_go_and_nothing_else(String text, String left) {
        assertThat(HtmlTags.remove(text).text()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<<b>script>x|x|1",
                "<scr<b>ipt>x|x|1",
                "<<<b>b>b>x|x|1",
                "<!-<b>- x -->y|y|1",
                "<!doc<b>type html>y|y|1",
                "</<b>b>y|y|1",
                "<fo<b>o>y|<foo>y|1",
                "<b<b>y|<by|1",
                "<a x=\"<b>\">y|y|1",
                "<b>x</b><i>y</i>|xy|4"
            })
    void what_becomes_a_tag_goes_as_well_and_counts_once(String text, String left, int removed) {
        assertThat(HtmlTags.remove(text)).isEqualTo(new HtmlTags.Remainder(left, removed));
    }

    @Test
    void a_tag_may_go_over_several_lines() {
        assertThat(HtmlTags.remove("<p\n class='x'\r\n\t>x\n</p\n>").text()).isEqualTo("x\n");
        assertThat(HtmlTags.remove("<!-- a\n>\n -->x").text()).isEqualTo("x");
    }

    @Test
    void jsoup_finds_no_element_in_what_remains() {
        for (long seed = 1; seed <= TEXTS; seed++) {
            String left = HtmlTags.remove(text(seed)).text();

            // jsoup ends a tag at the next "<"; the HTML standard does not.
            if (!TAG_IN_TAG.matcher(left).find()) {
                assertThat(Jsoup.parseBodyFragment(left).body().children().select("*"))
                        .as("seed " + seed + ": " + left)
                        .allMatch(element -> element.attributesSize() == 0
                                && !element.normalName().contains("-")
                                && !ElementNames.has(element.normalName()));
            }
        }
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
