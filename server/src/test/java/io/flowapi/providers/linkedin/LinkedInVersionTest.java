package io.flowapi.providers.linkedin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class LinkedInVersionTest {

    @ParameterizedTest
    @CsvSource({
        "'',202609,2027-09-15",
        "202511,202511,2026-11-16",
        "202601,202601,2027-01-15",
        "202602,202602,2027-02-15",
        "202603,202603,2027-03-16",
        "202604,202604,2027-04-15",
        "202612,202612,2027-12-15"
    })
    void a_version_ends_a_year_later(String set, String number, String day) {
        LinkedInVersion version = LinkedInVersion.of(set);

        assertThat(version.number()).isEqualTo(number);
        assertThat(version.sunset()).isEqualTo(Instant.parse(day + "T00:00:00Z"));
        assertThat(version.sunsetDay()).hasToString(day);
    }

    @Test
    void it_is_said_sixty_days_before() {
        LinkedInVersion version = LinkedInVersion.of("202609");
        Instant sixtyDaysBefore = Instant.parse("2027-07-17T00:00:00Z");

        assertThat(version.endsSoonAt(sixtyDaysBefore.minusMillis(1))).isFalse();
        assertThat(version.endsSoonAt(sixtyDaysBefore)).isTrue();
        assertThat(version.overAt(version.sunset().minus(Duration.ofMillis(1)))).isFalse();
        assertThat(version.overAt(version.sunset())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026", "202613", "202600", "2026-09", "latest", "v202609", "201909", " 202609", "٢٠٢٦٠٩"})
    void what_is_no_version_is_refused(String set) {
        assertThatThrownBy(() -> LinkedInVersion.of(set))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("202609");
    }
}
