package io.flowapi.platform.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class ScrubbingTest {

    private final Scrubbing scrubbing = new Scrubbing(List.of("postgres://flow:tiger@db/flow", "x"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flow_live_abc_tiger",
                "key flow_test_tiger, cut",
                "Authorization: Bearer tiger",
                "authorization=tiger",
                "{Authorization=[Basic tiger==]}",
                "\"Authorization\":\"Bearer tiger\"",
                "Cookie: session=tiger",
                "password=tiger",
                "appPassword: 'tiger'",
                "accessToken=tiger",
                "API-Key: tiger",
                "sent bearer tigertigertiger to nobody",
                "at postgres://flow:tiger@db/flow",
                "jdbc:postgresql://u:tiger@h:5432/d",
                "https://a:b@tiger@host/x",
                "0123456789abcdefghijklmnopqrstuvwxyzABCDtiger",
                "[statement:\"insert\", arguments:{positional:{}, named:{content:tiger\nand more tiger}}]",
            })
    void takes_out_what_is_secret(String text) {
        assertThat(scrubbing.scrub(text)).doesNotContain("tiger").contains("[removed]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot invoke \"String.length()\" because \"text\" is null",
                "no such table: posts",
                "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10",
                "Index 5 out of bounds for length 5",
                "http://localhost:8080/v1/posts",
            })
    void leaves_what_helps(String text) {
        assertThat(scrubbing.scrub(text)).isEqualTo(text);
    }

    @Test
    void a_text_without_end_is_cut() {
        assertThat(scrubbing.scrub("word ".repeat(1_000_000))).hasSizeLessThan(5_000);
    }
}
