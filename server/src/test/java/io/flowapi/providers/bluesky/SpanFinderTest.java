package io.flowapi.providers.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanFinderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "see https://example.com | https://example.com",
                "see https://example.com. | https://example.com",
                "https://example.com/a?b=c#d, and | https://example.com/a?b=c#d",
                "HTTP://Example.com/A! | HTTP://Example.com/A",
                "(https://example.com/a) | https://example.com/a",
                "https://en.wikipedia.org/wiki/Flow_(music) | https://en.wikipedia.org/wiki/Flow_(music)",
                "(https://en.wikipedia.org/wiki/Flow_(music)) | https://en.wikipedia.org/wiki/Flow_(music)",
                "[https://example.com/a] | https://example.com/a",
                "<https://example.com/a> | https://example.com/a",
                "“https://example.com/a” | https://example.com/a",
                "詳細はhttps://example.com/日本。次 | https://example.com/日本",
                "「https://example.com/a」 | https://example.com/a",
                "👨‍👩‍👧‍👦 https://example.com 👍🏽 | https://example.com",
                "é https://example.com/é | https://example.com/é",
                "example.com | https://example.com",
                "go to www.example.co.uk/a. | https://www.example.co.uk/a",
                "https://a.example https://b.example | https://a.example https://b.example",
                "https://example.com/@alice.test | https://example.com/@alice.test",
                "https://example.com/#tag | https://example.com/#tag",
                "read notes.md and main.rs | ``",
                "mail bob@example.com now | ``",
                "xhttps://example.com | ``",
                "https:// alone | ``",
                "3.14 and e.g. this | ``",
                "https://example.com/a​b | https://example.com/a",
                "https://example.com/a﻿ | https://example.com/a",
                "ftp://example.com | ``"
            })
    void links(String text, String uris) {
        assertThat(SpanFinder.find(text))
                .allMatch(Span.Link.class::isInstance)
                .map(span -> ((Span.Link) span).uri())
                .containsExactlyElementsOf(words(uris));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello @alice.test | alice.test",
                "@Alice.Example.com, hello | alice.example.com",
                "@alice.test. | alice.test",
                "(@alice.test) | alice.test",
                "@alice.test's | alice.test",
                "👨‍👩‍👧‍👦 @alice.test 日本 @bob.test | alice.test bob.test",
                "bob@example.com | ``",
                "@alice | ``",
                "@alice.test@social.example | ``",
                "@-alice.test | ``",
                "a@alice.test | ``",
                "@@alice.test | ``"
            })
    void mentions(String text, String handles) {
        assertThat(SpanFinder.find(text))
                .allMatch(Span.Mention.class::isInstance)
                .map(span -> ((Span.Mention) span).handle())
                .containsExactlyElementsOf(words(handles));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#flow | flow",
                "a #flow, b | flow",
                "#flow! #api? | flow api",
                "#1 #2026 | ``",
                "#1st #a1 | 1st a1",
                "#日本語 ＃東京 | 日本語 東京",
                "#👨‍👩‍👧‍👦 | 👨‍👩‍👧‍👦",
                "#c++ | c++",
                "#a.b. | a.b",
                "a#b | ``",
                "# | ``",
                "#️⃣ | ``",
                "#می‌خواهم | می‌خواهم",
                "#a⃣ | ``",
                "#!? | ``"
            })
    void hashtags(String text, String tags) {
        assertThat(SpanFinder.find(text))
                .allMatch(Span.Tag.class::isInstance)
                .map(span -> ((Span.Tag) span).tag())
                .containsExactlyElementsOf(words(tags));
    }

    @Test
    void aHashtagThatTheNetworkWouldRefuseIsPlainText() {
        assertThat(SpanFinder.find("#" + "é".repeat(64))).hasSize(1);
        assertThat(SpanFinder.find("#" + "é".repeat(65))).isEmpty();
        assertThat(SpanFinder.find("#" + "👨‍👩‍👧‍👦".repeat(30))).isEmpty();
    }

    @Test
    void readsTextOfAnyLengthAndForm() {
        assertThat(SpanFinder.find("a.".repeat(5000))).isEmpty();
        assertThat(SpanFinder.find("@" + "a.".repeat(5000))).isEmpty();
    }

    @Test
    void offsetsAreBytesOfUtf8AndCutNoCharacter() {
        String text = "👨‍👩‍👧‍👦 é 日本 https://example.com/日本 (@alice.test) #東京👍🏽 @nobody.test e\u0301 #x";

        List<Span> spans = SpanFinder.find(text);
        JsonNode record = Json.tree(PutRecord.json(
                        "did:plc:a",
                        "3jzfcijpj2z2a",
                        text,
                        Instant.EPOCH,
                        spans,
                        Map.of("alice.test", "did:plc:b"),
                        null))
                .get("record");

        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> marked = new ArrayList<>();
        for (JsonNode facet : record.get("facets")) {
            JsonNode index = facet.get("index");
            marked.add(new String(
                    Arrays.copyOfRange(
                            bytes,
                            index.get("byteStart").intValue(),
                            index.get("byteEnd").intValue()),
                    StandardCharsets.UTF_8));
        }
        assertThat(marked).containsExactly("https://example.com/日本", "@alice.test", "#東京👍🏽", "#x");
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        assertThat(spans).allMatch(span -> characters.isBoundary(span.start()) && characters.isBoundary(span.end()));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
