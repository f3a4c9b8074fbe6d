package io.flowapi.installation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a production server does not start on, and what it does. */
@Tag("one-database")
class ProductionTest {

    private static final String GUESSABLE =
            Base64.getEncoder().encodeToString("passwordpasswordpasswordpassword".getBytes(US_ASCII));

    @TempDir
    Path directory;

    @Test
    void everything_that_is_unsafe_is_named_at_once_and_no_secret() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(
                directory.resolve("encryption.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));

        assertThatThrownBy(() -> Config.from(production(Map.of(
                        "FLOW_PUBLIC_URL", "https://localhost",
                        "FLOW_ENCRYPTION_KEY", "k1:" + GUESSABLE,
                        "DATABASE_URL", "postgres://flow:hunter2@db.example.com/flow?sslmode=disable",
                        "FLOW_ALLOWED_PRIVATE_CIDRS", "0.0.0.0/0,::/0",
                        "FLOW_TRUSTED_PROXIES", "0.0.0.0/0,::/0",
                        "FLOW_MANAGEMENT_HOST", "0.0.0.0",
                        "FLOW_PORT", "http",
                        "APP_URL", "*"))))
                .isInstanceOf(Config.UnusableException.class)
                .message()
                .contains(
                        "FLOW_PUBLIC_URL must be what clients reach the server by",
                        "FLOW_ENCRYPTION_KEY: k1 can be guessed",
                        "DATABASE_URL: sslmode",
                        "FLOW_ALLOWED_PRIVATE_CIDRS: 0.0.0.0/0",
                        "FLOW_ALLOWED_PRIVATE_CIDRS: 0:0:0:0:0:0:0:0/0",
                        "FLOW_TRUSTED_PROXIES: 0.0.0.0/0",
                        "FLOW_TRUSTED_PROXIES: 0:0:0:0:0:0:0:0/0",
                        "FLOW_MANAGEMENT_HOST must be",
                        "FLOW_DATA_DIR: other users can enter " + directory,
                        "FLOW_DATA_DIR: others than its owner can read " + directory.resolve("encryption.key"),
                        "FLOW_PORT must be a number",
                        "APP_URL must name each origin: * is not taken")
                .doesNotContain("hunter2", GUESSABLE, "password");
    }

    @Test
    void development_takes_all_of_it() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatCode(() -> Config.from(Map.of(
                        "FLOW_DATA_DIR",
                        directory.toString(),
                        "FLOW_ENCRYPTION_KEY",
                        "k1:" + GUESSABLE,
                        "DATABASE_URL",
                        "postgres://flow:hunter2@db.example.com/flow?sslmode=disable",
                        "FLOW_ALLOWED_PRIVATE_CIDRS",
                        "0.0.0.0/0",
                        "FLOW_TRUSTED_PROXIES",
                        "0.0.0.0/0",
                        "FLOW_MANAGEMENT_HOST",
                        "0.0.0.0",
                        "APP_URL",
                        "http://app.example.com")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:8443",
                "https://flow.localhost",
                "https://127.0.0.2",
                "https://[::1]",
                "https://0.0.0.0",
                "http://flow.example.com"
            })
    void a_public_url_that_only_this_machine_reaches_is_refused(String url) {
        assertThatThrownBy(() -> Config.from(production(Map.of("FLOW_PUBLIC_URL", url))))
                .hasMessageContaining("FLOW_PUBLIC_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://flow.example.com/", "https://10.0.0.7", "https://localhost.example.com"})
    void a_public_url_that_others_reach_is_taken(String url) {
        assertThatCode(() -> Config.from(production(Map.of("FLOW_PUBLIC_URL", url))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://flow:pw@db/flow?sslmode=disable",
                "postgres://flow:pw@db/flow?sslmode=allow",
                "postgres://flow:pw@db/flow?sslmode=DISABLE",
                "postgres://flow:pw@db/flow?sslmode=prefer",
                "postgres://flow:pw@db/flow?sslmode=",
                "postgres://flow:pw@db/flow?ssl=true&sslmode=prefer",
                "postgres://flow:pw@db/flow?ssl=false",
                "postgres://flow:pw@db/flow",
                "postgres://flow:pw@localhost,db/flow",
                "postgres://flow:pw@localhost,db/flow?sslmode=disable",
                "postgres://flow:pw@localhost.example.com/flow?sslmode=disable",
                "jdbc:postgresql://10.0.0.2/flow?user=a&password=pw&sslmode=disable",
                "mysql://flow:pw@db/flow"
            })
    void a_database_url_that_is_none_or_may_send_all_in_the_clear_is_refused(String url) {
        assertThatThrownBy(() -> Config.from(production(Map.of("DATABASE_URL", url))))
                .hasMessageContaining("DATABASE_URL")
                .message()
                .doesNotContain("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://flow:pw@localhost:5432/flow?sslmode=disable",
                "postgres://flow:pw@[::1]:5432,127.0.0.1/flow?sslmode=disable",
                "postgres://flow:pw@127.0.0.2/flow",
                "postgres://flow:pw@db/flow?sslmode=require",
                "postgres://flow:pw@db/flow?sslmode=verify-ca",
                "postgres://flow:pw@db/flow?sslmode=verify-full",
                "jdbc:postgresql://db/flow?user=flow&password=pw&ssl=true"
            })
    void a_database_url_that_is_encrypted_or_of_this_machine_is_taken(String url) {
        assertThatCode(() -> Config.from(production(Map.of("DATABASE_URL", url))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/1, true",
        "8.0.0.0/7, true",
        "10.0.0.0/8, false",
        "192.168.0.0/16, false",
        "2000::/3, true",
        "fc00::/7, false"
    })
    void a_network_that_is_larger_than_any_private_one_is_refused(String block, boolean refused) {
        for (String setting : List.of("FLOW_ALLOWED_PRIVATE_CIDRS", "FLOW_TRUSTED_PROXIES")) {
            Map<String, String> environment = production(Map.of(setting, block));

            if (refused) {
                assertThatThrownBy(() -> Config.from(environment)).hasMessageContaining(setting + ": ");
            } else {
                assertThatCode(() -> Config.from(environment)).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, true",
        "::, true",
        "0:0:0:0:0:0:0:0, true",
        "203.0.113.7, true",
        "172.32.0.1, true",
        "2001:db8::7, true",
        "::ffff:0.0.0.0, true",
        "metrics.example.com, true",
        "127.0.0.1, false",
        "127.0.0.2, false",
        "::1, false",
        "localhost, false",
        "10.1.2.3, false",
        "172.31.0.1, false",
        "192.168.0.7, false",
        "100.64.0.1, false",
        "fd00::7, false"
    })
    void figures_are_shown_on_a_loopback_or_private_address_only(String host, boolean refused) {
        Map<String, String> environment = production(Map.of("FLOW_MANAGEMENT_HOST", host));

        if (refused) {
            assertThatThrownBy(() -> Config.from(environment)).hasMessageContaining("FLOW_MANAGEMENT_HOST must be");
        } else {
            assertThatCode(() -> Config.from(environment)).doesNotThrowAnyException();
        }
    }

    @Test
    void an_old_key_that_can_be_guessed_is_refused_and_random_ones_never_are() {
        String zeros = Base64.getEncoder().encodeToString(new byte[32]);
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 1_000; i++) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            Config.from(production(
                    Map.of("FLOW_ENCRYPTION_KEY", "k1:" + Base64.getEncoder().encodeToString(key))));
        }

        assertThatThrownBy(() -> Config.from(production(Map.of(
                        "FLOW_ENCRYPTION_KEY", production(Map.of()).get("FLOW_ENCRYPTION_KEY") + ",old:" + zeros))))
                .hasMessageContaining("FLOW_ENCRYPTION_KEY: old can be guessed");
    }

    @ParameterizedTest
    @CsvSource({"rwxrwxr-x, true", "rwx-----x, true", "rwx------, false", "rwxr-x---, false"})
    void a_data_directory_that_other_users_can_enter_is_refused(String permissions, boolean refused)
            throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

        if (refused) {
            assertThatThrownBy(() -> Config.from(production(Map.of()))).hasMessageContaining("chmod 700");
        } else {
            assertThatCode(() -> Config.from(production(Map.of()))).doesNotThrowAnyException();
        }
    }

    private Map<String, String> production(Map<String, String> others) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FLOW_ENV", "production",
                "FLOW_PUBLIC_URL", "https://flow.example.com",
                "FLOW_DATA_DIR", directory.toString(),
                "FLOW_ENCRYPTION_KEY", "now:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        environment.putAll(others);
        return environment;
    }
}
