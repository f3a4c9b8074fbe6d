package io.flowapi.providers.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what X shows is what was sent. */
@Tag("one-database")
class ShownTextTest {

    private static final String T1 = "https://t.co/AbC1";
    private static final String T2 = "https://t.co/dEf2";

    private static boolean same(String sent, String shown, JsonNode... urls) {
        return ShownText.same(sent(sent, ""), post("text", shown, urls));
    }

    private static FrozenPost sent(String text, String inReplyTo) {
        return new FrozenPost(Instant.EPOCH, text, inReplyTo, "");
    }

    private static JsonNode post(String member, String shown, JsonNode... urls) {
        return Json.tree(Json.text(Map.of(member, shown, "entities", Map.of("urls", List.of(urls)))));
    }

    private static JsonNode link(String shown, String expanded) {
        return Json.tree(Json.text(Map.of("start", 0, "end", 1, "url", shown, "expanded_url", expanded)));
    }

    private static JsonNode link(String shown, String expanded, String unwound) {
        return Json.tree(Json.text(Map.of("url", shown, "expanded_url", expanded, "unwound_url", unwound)));
    }

    @Test
    void escapes_are_undone_once() {
        assertThat(same("a < b & c > d", "a &lt; b &amp; c &gt; d")).isTrue();
        assertThat(same("what &amp; means", "what &amp;amp; means")).isTrue();
        assertThat(same("what &amp; means", "what &amp; means")).isFalse();
        assertThat(same("&lt;", "&amp;lt;")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a, https://example.com/a",
        "example.com, http://example.com",
        "https://example.com, https://example.com/",
        "https://example.com/, https://example.com",
        "HTTPS://Example.com/a, https://example.com/a",
        "example.com/a?b=c&d, http://example.com/a?b=c&d",
    })
    void a_link_is_what_it_was(String written, String expanded) {
        assertThat(same("see " + written + " now", "see " + T1 + " now", link(T1, expanded)))
                .isTrue();
    }

    @Test
    void a_link_of_another_shortener_may_be_shown_unwound() {
        assertThat(same("at bit.ly/x", "at " + T1, link(T1, "https://example.com/long", "https://bit.ly/x")))
                .isTrue();
    }

    @Test
    void several_links_stand_in_their_order() {
        JsonNode one = link(T1, "https://one.example/1");
        JsonNode two = link(T2, "https://one.example/12");

        assertThat(same("https://one.example/1 & https://one.example/12", T1 + " &amp; " + T2, one, two))
                .isTrue();
        assertThat(same("https://one.example/12 & https://one.example/1", T1 + " &amp; " + T2, one, two))
                .isFalse();
    }

    @Test
    void the_same_link_twice_is_shown_twice() {
        JsonNode link = link(T1, "https://one.example/1");

        assertThat(same("https://one.example/1 https://one.example/1", T1 + " " + T1, link, link))
                .isTrue();
    }

    @Test
    void another_link_is_another_post() {
        assertThat(same("see https://example.com/a", "see " + T1, link(T1, "https://example.com/b")))
                .isFalse();
        assertThat(same("see https://example.com/a", "see " + T1)).isFalse();
    }

    @Test
    void the_amount_of_white_space_and_composition_do_not_matter() {
        assertThat(same("now here", "nowhere")).isFalse();
        assertThat(same("a \n\n b ", "a\nb")).isTrue();
        assertThat(same("cafe\u0301", "caf\u00E9")).isTrue();
        assertThat(same("a b", "a c")).isFalse();
        assertThat(same("a", "A")).isFalse();
    }

    @Test
    void a_long_text_stands_elsewhere() {
        JsonNode note = Json.tree("{\"text\":\"long a\u2026\",\"note_post\":{\"text\":\"long and " + T1
                + "\",\"entities\":{\"urls\":[{\"url\":\"" + T1
                + "\",\"expanded_url\":\"https://example.com\"}]}}}");

        assertThat(ShownText.same(sent("long and https://example.com", ""), note))
                .isTrue();
    }

    @Test
    void a_reply_may_begin_with_names() {
        assertThat(ShownText.same(sent("thanks", "1"), post("text", "@bob @eve thanks")))
                .isTrue();
        assertThat(ShownText.same(sent("@bob thanks", "1"), post("text", "@bob thanks")))
                .isTrue();
        assertThat(ShownText.same(sent("thanks", ""), post("text", "@bob thanks")))
                .isFalse();
        assertThat(ShownText.same(sent("@eve thanks", "1"), post("text", "@bob thanks")))
                .isFalse();
        assertThat(ShownText.same(sent("@eve thanks", "1"), post("text", "@bob @eve thanks")))
                .isTrue();
    }

    @Test
    void no_text_is_taken_for_code() {
        String text = "(.*) \\Q$1 [a-z]+ {x} %s";

        assertThat(same(text, text)).isTrue();
    }
}
