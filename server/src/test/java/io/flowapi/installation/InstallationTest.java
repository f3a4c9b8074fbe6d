package io.flowapi.installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    private static final String OLD = "old:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String NEW = "new:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    @TempDir
    Path directory;

    @Test
    void what_it_sealed_can_be_opened_after_a_restart() {
        String sealed = sealed(Map.of());

        assertThat(opened(sealed, Map.of())).isEqualTo("text");
    }

    @Test
    void a_configured_key_is_used_and_none_is_made() {
        String sealed = sealed(Map.of("FLOW_ENCRYPTION_KEY", OLD));

        assertThat(sealed).startsWith("old.");
        assertThat(directory.resolve("encryption.key")).doesNotExist();
    }

    @Test
    void a_key_may_be_replaced_while_the_old_one_is_kept_for_opening() {
        String sealed = sealed(Map.of("FLOW_ENCRYPTION_KEY", OLD));
        Map<String, String> rotated = Map.of("FLOW_ENCRYPTION_KEY", NEW + "," + OLD);

        assertThat(opened(sealed, rotated)).isEqualTo("text");
        assertThat(sealed(rotated)).startsWith("new.");
        assertThatThrownBy(() -> opened(sealed, Map.of("FLOW_ENCRYPTION_KEY", NEW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sealed with a key that is not here");
    }

    @Test
    void its_clock_has_no_more_than_what_is_stored() {
        TestClock clock = new TestClock();
        clock.advance(Duration.ofNanos(123_456_789));

        try (Installation installation = Installation.open(config(Map.of()), clock)) {
            assertThat(installation.clock().instant()).isEqualTo(Instant.parse("2026-11-23T09:30:00.123Z"));
        }
    }

    private String sealed(Map<String, String> environment) {
        try (Installation installation = Installation.open(config(environment), new TestClock())) {
            return installation.vault().seal("text".getBytes(UTF_8), "place");
        }
    }

    private String opened(String sealed, Map<String, String> environment) {
        try (Installation installation = Installation.open(config(environment), new TestClock())) {
            return new String(installation.vault().open(sealed, "place"), UTF_8);
        }
    }

    private Config config(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FLOW_DATA_DIR", directory.toString());
        return Config.from(all);
    }
}
