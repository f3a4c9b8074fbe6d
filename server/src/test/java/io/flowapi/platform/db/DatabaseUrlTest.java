package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://flow:s%40cret+@db.example:5433/flow?sslmode=require",
                "postgresql://flow:s@cret+@db.example:5433/flow?sslmode=require",
                "jdbc:postgresql://db.example:5433/flow?user=flow&password=s%40cret%2B&sslmode=require",
            })
    void accepts_what_hosts_hand_out(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.server()).isEqualTo("jdbc:postgresql://db.example:5433/flow");
        assertThat(url.properties()).isEqualTo(Map.of("user", "flow", "password", "s@cret+", "sslmode", "require"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://flow:s3cret@db/flow",
                "postgres://flow:s3cret@db",
                "postgres://flow:s3c/ret@db/flow",
                "postgres://flow:s3c%zzret@db/flow",
            })
    void never_repeats_what_it_cannot_read(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("s3c", "zz");
    }

    @Test
    void prints_without_the_password() {
        String text = "postgres://flow:s3cret@db/flow";

        assertThat(DatabaseUrl.parse(text)).asString().doesNotContain("s3cret");
        assertThat(new DatabaseConfig(Path.of("data"), text, FreshDatabase.PATIENT))
                .asString()
                .doesNotContain("s3cret");
    }
}
