package io.flowapi.installation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.api.model.RateLimits;
import io.flowapi.platform.log.LogFormat;
import io.flowapi.ratelimits.RateLimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

    private static final String KEY =
            "k1:" + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(US_ASCII));

    @Test
    void development_needs_no_setting() {
        Config config = Config.from(Map.of());

        assertThat(config.production()).isFalse();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.publicUrl()).isEqualTo("http://localhost:8080");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(config.databaseUrl()).isNull();
        assertThat(config.role()).isEqualTo(Config.Role.ALL);
    }

    @Test
    void the_rate_limits_are_those_of_the_guide() {
        assertThat(Config.from(Map.of()).limits()).isEqualTo(new RateLimitSettings(new RateLimits(100, 30, 10, 5), 60));
    }

    @Test
    void production_names_everything_that_is_missing_at_once() {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_ENV", "production")))
                .isInstanceOf(Config.UnusableException.class)
                .hasMessageContaining("FLOW_PUBLIC_URL")
                .hasMessageContaining("FLOW_ENCRYPTION_KEY");
    }

    @Test
    void production_refuses_a_public_url_without_tls() {
        assertThatThrownBy(() -> Config.from(production(Map.of("FLOW_PUBLIC_URL", "http://flow.example"))))
                .hasMessageContaining("FLOW_PUBLIC_URL")
                .hasMessageContaining("https");
    }

    @Test
    void logs_are_text_in_development_and_json_in_production_unless_told_otherwise() {
        assertThat(Config.from(Map.of()).logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(Config.from(production(Map.of())).logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(Config.from(Map.of("FLOW_LOG_FORMAT", "json")).logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(Config.from(production(Map.of("FLOW_LOG_FORMAT", "text"))).logFormat())
                .isEqualTo(LogFormat.TEXT);
        assertThat(Config.logFormat(Map.of("FLOW_ENV", "production"))).isEqualTo(LogFormat.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "xml"})
    void a_log_format_is_one_of_two(String format) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_LOG_FORMAT", format)))
                .hasMessageContaining("FLOW_LOG_FORMAT must be text or json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.1/8", "proxy.example.com/32", "10.0.0.0/33", "10.0.0.0/8,"})
    void a_trusted_proxy_is_a_network(String proxies) {
        assertThat(Config.from(Map.of("FLOW_TRUSTED_PROXIES", "10.0.0.0/8, ::1/128"))
                        .clients()
                        .trustedProxies())
                .hasSize(2);
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_TRUSTED_PROXIES", proxies)))
                .hasMessageContaining("FLOW_TRUSTED_PROXIES");
    }

    @Test
    void production_listens_on_every_address() {
        Config config = Config.from(production(Map.of()));

        assertThat(config.production()).isTrue();
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.publicUrl()).isEqualTo("https://flow.example");
    }

    private static Map<String, String> production(Map<String, String> others) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FLOW_ENV", "production", "FLOW_PUBLIC_URL", "https://flow.example/", "FLOW_ENCRYPTION_KEY", KEY));
        environment.putAll(others);
        return environment;
    }

    @Test
    void only_production_takes_time_to_say_that_it_stops() {
        assertThat(Config.from(Map.of()).drainNotice()).isZero();
        assertThat(Config.from(production(Map.of())).drainNotice()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Config.from(Map.of("FLOW_DRAIN_SECONDS", "300")).drainNotice())
                .isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_DRAIN_SECONDS", "301")))
                .hasMessageContaining("FLOW_DRAIN_SECONDS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "-1", "65536", "99999999999", "80.0", " 80"})
    void refuses_a_port_that_is_none(String port) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_PORT", port))).hasMessageContaining("FLOW_PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "3651", "30d"})
    void refuses_to_keep_events_for_no_time(String days) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_EVENT_RETENTION_DAYS", days)))
                .hasMessageContaining("FLOW_EVENT_RETENTION_DAYS must be a number from 1 to 3650");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1000001", "ten", "1.5"})
    void refuses_a_rate_limit_that_is_none(String limit) {
        assertThatThrownBy(() ->
                        Config.from(Map.of("FLOW_RATE_LIMIT_DEFAULT", limit, "FLOW_RATE_LIMIT_FAILED_AUTH", limit)))
                .hasMessageContaining("FLOW_RATE_LIMIT_DEFAULT")
                .hasMessageContaining("FLOW_RATE_LIMIT_FAILED_AUTH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x.test", "ftp://x.test", "https://user@x.test", "https://x.test?a=b", "https://x.test#a"})
    void refuses_an_address_of_a_network_that_is_none(String url) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_X_API_URL", url, "FLOW_LINKEDIN_AUTHORIZE_URL", url)))
                .hasMessageContaining("FLOW_X_API_URL must be a URL")
                .hasMessageContaining("FLOW_LINKEDIN_AUTHORIZE_URL must be a URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026", "202613", "latest", "2026-09"})
    void refuses_a_version_of_linkedin_that_is_none(String version) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_LINKEDIN_VERSION", version)))
                .hasMessageContaining("FLOW_LINKEDIN_VERSION must be a year and a month, such as 202609");
    }

    @Test
    void a_secret_of_an_application_without_its_id_is_a_mistake() {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_X_CLIENT_SECRET", "s", "FLOW_LINKEDIN_CLIENT_SECRET", "s")))
                .hasMessageContaining("FLOW_X_CLIENT_SECRET is of no use without FLOW_X_CLIENT_ID")
                .hasMessageContaining("FLOW_LINKEDIN_CLIENT_SECRET is of no use without FLOW_LINKEDIN_CLIENT_ID");
    }

    @Test
    void the_management_port_is_any_free_one_where_the_public_port_is() {
        assertThat(Config.from(Map.of()).management()).isEqualTo(new Config.Management("127.0.0.1", 9090, true));
        assertThat(Config.from(Map.of("FLOW_PORT", "9090")).management().port()).isZero();
        assertThat(Config.from(Map.of("FLOW_PORT", "0")).management().port()).isZero();
        assertThat(Config.from(Map.of("FLOW_PORT", "0", "FLOW_MANAGEMENT_PORT", "9191"))
                        .management()
                        .port())
                .isEqualTo(9191);
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_MANAGEMENT_PORT", "8080")))
                .hasMessageContaining("FLOW_MANAGEMENT_PORT must be another port than FLOW_PORT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretkey",
                "https://sentry.example/42",
                "ftp://secretkey@sentry.example/42",
                "https://secretkey@/42",
                "https://secretkey@sentry.example",
                "https://secretkey@sentry.example/",
                "https://secretkey@sentry.example/42?x=1",
                "https://secret key@sentry.example/42",
                "https://secretkey@sentry.example/42 "
            })
    void refuses_an_error_tracker_that_is_none_without_repeating_it(String dsn) {
        assertThatThrownBy(() -> Config.from(Map.of("SENTRY_DSN", dsn)))
                .isInstanceOf(Config.UnusableException.class)
                .hasMessageContaining("SENTRY_DSN")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void production_tells_an_error_tracker_nothing_in_the_clear() {
        assertThat(Config.from(Map.of("SENTRY_DSN", "http://key@localhost:9000/1"))
                        .errorTracker())
                .isNotNull();
        assertThat(Config.from(production(Map.of("SENTRY_DSN", "https://key@sentry.example/a/1")))
                        .errorTracker())
                .isNotNull();
        assertThatThrownBy(() -> Config.from(production(Map.of("SENTRY_DSN", "http://key@sentry.example/1"))))
                .hasMessageContaining("SENTRY_DSN must be an https URL in production");
    }

    @Test
    void refuses_an_environment_it_does_not_know() {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_ENV", "prod"))).hasMessageContaining("FLOW_ENV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretsecret",
                "k1:secret-secret",
                "k1:c2VjcmV0c2VjcmV0",
                ":c2VjcmV0c2VjcmV0",
                "k 1:c2VjcmV0c2VjcmV0"
            })
    void refuses_an_encryption_key_without_repeating_it(String key) {
        assertThatThrownBy(() -> Config.from(Map.of("FLOW_ENCRYPTION_KEY", key)))
                .hasMessageContaining("FLOW_ENCRYPTION_KEY")
                .message()
                .doesNotContain("secret", "c2VjcmV0");
    }

    @Test
    void does_not_show_what_is_secret() {
        Config config =
                Config.from(Map.of("DATABASE_URL", "postgres://flow:hunter2@db/flow", "FLOW_ENCRYPTION_KEY", KEY));

        assertThat(config.toString()).doesNotContain("hunter2", KEY.substring(3));
        assertThat(String.valueOf(config.encryptionKeys())).doesNotContain(KEY.substring(3));
    }

    @Test
    void another_port_changes_only_the_url_that_follows_from_it() {
        assertThat(Config.from(Map.of()).publicUrlOn(9)).isEqualTo("http://localhost:9");
        assertThat(Config.from(Map.of("FLOW_PUBLIC_URL", "https://a.example")).publicUrlOn(9))
                .isEqualTo("https://a.example");
    }
}
