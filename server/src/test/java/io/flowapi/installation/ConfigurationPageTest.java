package io.flowapi.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.RateLimits;
import io.flowapi.ratelimits.RateLimitSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md to the code. */
class ConfigurationPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (.*?) \\|");
    private static final Pattern NAME =
            Pattern.compile("\\b(FLOW_[A-Z_]+|DATABASE_URL|APP_URL|CORS_ALLOWED_ORIGINS|SENTRY_DSN)\\b");

    @Test
    void every_variable_on_the_page_is_read() {
        String sources = mainSources();
        String script = read(ROOT.resolve("flow"));

        assertThat(documented())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sources.contains("\"" + name + "\"") || script.contains("${" + name))
                        .as("%s is read by the server or by ./flow", name)
                        .isTrue());
    }

    @Test
    void every_variable_in_the_code_is_on_the_page() {
        Set<String> inCode = NAME.matcher(mainSources())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(inCode).contains("FLOW_ENV", "DATABASE_URL");
        assertThat(documented()).containsAll(inCode);
    }

    @Test
    void a_variable_is_on_the_page_once() {
        assertThat(rows().map(row -> row.group(1)).toList()).doesNotHaveDuplicates();
    }

    @Test
    void the_defaults_on_the_page_are_those_of_the_code() {
        Config config = Config.from(Map.of());

        assertThat(defaultOf("FLOW_ENV")).isEqualTo("`development`");
        assertThat(config.production()).isFalse();
        assertThat(defaultOf("FLOW_PORT")).isEqualTo("`" + config.port() + "`");
        assertThat(defaultOf("FLOW_HOST")).startsWith("`" + config.host() + "`");
        assertThat(defaultOf("FLOW_MANAGEMENT_HOST"))
                .isEqualTo("`" + config.management().host() + "`");
        assertThat(defaultOf("FLOW_MANAGEMENT_PORT"))
                .startsWith("`" + config.management().port() + "`");
        assertThat(defaultOf("FLOW_DATA_DIR")).isEqualTo("`" + config.dataDirectory() + "`");
        assertThat(defaultOf("FLOW_PUBLIC_URL").replace("$FLOW_PORT", "" + config.port()))
                .isEqualTo("`" + config.publicUrl() + "`");
    }

    @Test
    void the_addresses_of_networks_on_the_page_are_those_of_the_code() {
        Config config = Config.from(Map.of());

        assertThat(defaultOf("FLOW_X_API_URL")).isEqualTo("`" + config.x().apiUrl() + "`");
        assertThat(defaultOf("FLOW_X_AUTHORIZE_URL")).isEqualTo("`" + config.x().authorizeUrl() + "`");
        assertThat(defaultOf("FLOW_LINKEDIN_API_URL"))
                .isEqualTo("`" + config.linkedIn().apiUrl() + "`");
        assertThat(defaultOf("FLOW_LINKEDIN_AUTHORIZE_URL"))
                .isEqualTo("`" + config.linkedIn().authorizeUrl() + "`");
        assertThat(defaultOf("FLOW_LINKEDIN_VERSION"))
                .isEqualTo("`" + config.linkedInVersion().number() + "`");
    }

    @Test
    void the_lateness_on_the_page_is_that_of_the_code() {
        assertThat(defaultOf("FLOW_MAX_LATENESS_HOURS"))
                .isEqualTo("`" + Config.from(Map.of()).latenessMax().toHours() + "`");
    }

    @Test
    void the_rate_limits_on_the_page_are_those_of_the_code() {
        RateLimitSettings limits = Config.from(Map.of()).limits();

        assertThat(limits.keys()).isEqualTo(new RateLimits(100, 30, 10, 5));
        assertThat(limits.failedAuthentication()).isEqualTo(60);
        assertThat(defaultOf("FLOW_RATE_LIMIT_DEFAULT")).isEqualTo("`100`");
        assertThat(defaultOf("FLOW_RATE_LIMIT_POST_CREATION")).isEqualTo("`30`");
        assertThat(defaultOf("FLOW_RATE_LIMIT_WEBHOOK_CREATION")).isEqualTo("`10`");
        assertThat(defaultOf("FLOW_RATE_LIMIT_API_KEY_CREATION")).isEqualTo("`5`");
        assertThat(defaultOf("FLOW_RATE_LIMIT_FAILED_AUTH")).isEqualTo("`60`");
    }

    @Test
    void the_retention_on_the_page_is_that_of_the_code() {
        assertThat(defaultOf("FLOW_EVENT_RETENTION_DAYS"))
                .isEqualTo("`" + Config.from(Map.of()).eventsKept().toDays() + "`");
    }

    private static String defaultOf(String name) {
        return rows().filter(row -> row.group(1).equals(name))
                .map(row -> row.group(2))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> documented() {
        return rows().map(row -> row.group(1)).distinct().toList();
    }

    private static Stream<MatchResult> rows() {
        return ROW.matcher(read(ROOT.resolve("docs").resolve("configuration.md")))
                .results();
    }

    private static String mainSources() {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(ConfigurationPageTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
