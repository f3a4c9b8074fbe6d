package io.flowapi.providers.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTML of an instance is the text that was sent, or it is not. */
@Tag("one-database")
class ShownTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b | <p>a b</p>",
                "a < b & c > 'd' \"e\" | <p>a &lt; b &amp; c &gt; &#39;d&#39; &quot;e&quot;</p>",
                "&amp; | <p>&amp;amp;</p>",
                "€ $1 \\ | <p>&#x20ac; $1 \\</p>",
                "#tag | <p><a href=\"https://a.example/tags/tag\" class=\"mention hashtag\" rel=\"tag\">#<span>tag</span></a></p>",
                "hi @bob@b.example! | <p>hi <span class=\"h-card\"><a href=\"https://b.example/@bob\">@<span>bob</span></a></span>!</p>",
                "mail bob@b.example | <p>mail bob@b.example</p>",
                "https://a.example/b?c=d&e | <p><a href=\"https://a.example/b?c=d&amp;e\"><span class=\"invisible\">https://</span><span class=\"\">a.example/b?c=d&amp;e</span><span class=\"invisible\"></span></a></p>"
            })
    void the_same_text_is_the_same(String sent, String html) {
        assertThat(ShownText.same(sent, html)).isTrue();
    }

    @Test
    void lines_and_paragraphs_are_white_space() {
        assertThat(ShownText.same("a\nb\n\n\nc ", "<p>a<br />b</p><p>c</p>")).isTrue();
    }

    /** Without the line between them the second would be taken for the domain of the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>cc:<br />@<span>bob</span><br>@<span>eve</span></p>",
                "<p>cc:</p><p>@<span>bob</span></p><p>@<span>eve</span></p>",
                "<p>cc:<br/>@bob@b.example<br/>@eve@e.example</p>"
            })
    void mentions_on_lines_of_their_own_are_the_same(String html) {
        assertThat(ShownText.same("cc:\n@bob@b.example\n@eve@e.example", html)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | <p>b</p>",
                "a | <p>a a</p>",
                "A | <p>a</p>",
                "@bob | <p>bob</p>",
                "a &lt; b | <p>a &lt; b</p>",
                "a | ''",
                "&#xFFFFFF; | <p>a</p>"
            })
    void another_text_is_not(String sent, String html) {
        assertThat(ShownText.same(sent, html)).isFalse();
    }
}
