package io.flowapi.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class HtmlTagsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a < b and c > d",
                "a<3>b",
                "I <3 you",
                "I </3 Mondays",
                "List<String>",
                "Map<K,V>",
                "see <https://example.com> and </https://example.com>",
                "<https://example.com/>",
                "<https://my-site.example.com:8080/a-b//c.html;d?e=f&g='/h=i#/j>",
                "<https://example.com/#/route?a=b>",
                "<https://example.com/?>",
                "<https://example.com/?a=>",
                "<https://example.com/?a=b/onclick=c>",
                "<HTTPS://EXAMPLE.COM/on>",
                "<https://example.com/ >",
                "<https://example.com >",
                "<mailto:a@b.c>",
                "<mailto:a@b.c?subject=d/e>",
                "<a@b.c>",
                "<doi:10.1000/182>",
                "<urn:isbn:0451450523>",
                "<svg:script>",
                "<https://example.com/onclick",
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
                "<https://example.com/onclick=alert(1)>x|x",
                "<https://example.com/?/onclick=alert(1)>x|x",
                "<https://example.com/#/onclick=alert(1)>x|x",
                "<https://example.com/onclick =alert(1)>x|x",
                "<https://example.com/onclick = 'a>b'>x|x",
                "<https://example.com/?a='b>c'>x|x",
                "<https://example.com/?a= 'b>c'>x|x",
                "<https://example.com/?a=b onclick=c>x|x",
                "<https://example.com /onclick=c>x|x",
                "<https://example.com onclick=c>x|x",
                "<https:onclick/onclick=c>x|x",
                "<https:/=a>x|x",
                "<https:// onclick>x|x",
                "<https:// a>x|x",
                "<mailto:a@my-site.example>x|x",
                "<https/://example.com>x|x",
                "<b/https://example.com>x|x",
                "<https<b>://example.com>x|<https://example.com>x",
                "<https://example.com/<b>onclick=x>y|y",
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
}
