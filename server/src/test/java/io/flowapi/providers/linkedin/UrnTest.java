package io.flowapi.providers.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class UrnTest {

    /** Named in public bug reports of that day. */
    @ParameterizedTest
    @CsvSource({"urn:li:share:7141138937766391808,2023-12-14", "urn:li:share:7431329065766260736,2026-02-22"})
    void the_number_of_a_post_says_when_it_was_made(String urn, LocalDate day) {
        assertThat(LocalDate.ofInstant(Urn.of(urn).orElseThrow().madeAt(), ZoneOffset.UTC))
                .isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content is a duplicate of urn:li:share:6844785523593134080",
                "com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of"
                        + " urn:li:share:6844785523593134080."
            })
    void the_post_is_found_in_what_is_said(String message) {
        assertThat(Urn.in(message).orElseThrow().text()).isEqualTo("urn:li:share:6844785523593134080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "urn:li:share:",
                "urn:li:share:x",
                "urn:li:person:1",
                "urn:li:share:1/../2",
                "urn:li:share:1 2",
                "urn:li:share:9999999999999999999"
            })
    void what_is_no_post_is_none(String text) {
        assertThat(Urn.of(text)).isEmpty();
    }
}
