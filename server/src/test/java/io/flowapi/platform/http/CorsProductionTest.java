package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.installation.Config;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins in production: only those that are named. */
class CorsProductionTest {

    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @TempDir
    static Path directory;

    private static ProductionServer named;

    @BeforeAll
    static void start() {
        named = ProductionServer.start(
                directory,
                Map.of(
                        "APP_URL", "https://App.example.com/ , https://b.example:443,",
                        "CORS_ALLOWED_ORIGINS", "https://c.example:8443"));
    }

    @AfterAll
    static void stop() {
        named.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "https://APP.Example.com",
                "https://b.example",
                "https://c.example:8443"
            })
    void takes_a_named_origin(String origin) {
        assertThat(me(named, origin).header(ALLOWED)).isEqualTo(origin);
        assertThat(preflight(named, origin).header("Access-Control-Allow-Methods"))
                .isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com/",
                "https://app.example.com.evil.example",
                "https://evilapp.example.com",
                "https://x.app.example.com",
                "https://example.com",
                "https://app-example.com",
                "https://c.example",
                "https://flow.test",
                "http://localhost:3000",
                "http://127.0.0.1:3000",
                "http://[::1]:3000"
            })
    void takes_no_other(String origin) {
        hasNoCors(me(named, origin));
        hasNoCors(preflight(named, origin));
    }

    @Test
    void takes_none_when_none_is_named(@TempDir Path other) {
        try (ProductionServer unnamed = ProductionServer.start(other, Map.of("APP_URL", ""))) {
            for (String origin : List.of("https://app.example.com", "http://localhost:3000", "https://flow.test")) {
                hasNoCors(me(unnamed, origin));
                hasNoCors(preflight(unnamed, origin));
            }
        }
    }

    @Test
    void development_takes_a_named_origin_beside_its_own() {
        CorsOrigins origins =
                Config.from(Map.of("APP_URL", "https://app.example.com")).origins();

        assertThat(origins.allow("https://app.example.com")).isTrue();
        assertThat(origins.allow("http://localhost:3000")).isTrue();
        assertThat(origins.allow("https://b.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*", "https://*.example.com", "https://a.example,*"})
    void does_not_start_with_a_star(String origins) {
        assertThatThrownBy(() -> Config.from(Map.of("APP_URL", origins, "CORS_ALLOWED_ORIGINS", origins)))
                .isInstanceOf(Config.UnusableException.class)
                .hasMessageContaining("APP_URL must name each origin: * is not taken")
                .hasMessageContaining("CORS_ALLOWED_ORIGINS must name each origin: * is not taken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "app.example.com",
                "app.example.com:443",
                "//app.example.com",
                "ftp://app.example.com",
                "https://",
                "https://app.example.com/secret",
                "https://app.example.com?secret",
                "https://app.example.com#secret",
                "https://user:secret@app.example.com",
                "https://app.example.com:99999",
                "https://app.example.com https://secret.example",
                "https://a.example;https://secret.example"
            })
    void does_not_start_with_what_is_no_origin_and_does_not_repeat_it(String origins) {
        assertThatThrownBy(() ->
                        Config.from(Map.of("APP_URL", origins, "CORS_ALLOWED_ORIGINS", origins, "FLOW_PORT", "x")))
                .isInstanceOf(Config.UnusableException.class)
                .hasMessageContaining("APP_URL must be origins such as https://app.example.com")
                .hasMessageContaining("CORS_ALLOWED_ORIGINS must be origins")
                .hasMessageContaining("FLOW_PORT")
                .message()
                .doesNotContain("secret");
    }

    private static Answer me(ProductionServer server, String origin) {
        return Wire.send(server.port(), "GET /v1/me HTTP/1.1", "Origin: " + origin)
                .expect(401);
    }

    private static Answer preflight(ProductionServer server, String origin) {
        return Wire.send(
                        server.port(),
                        "OPTIONS /v1/me HTTP/1.1",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: GET")
                .expect(204);
    }

    private static void hasNoCors(Answer answer) {
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.regionMatches(true, 0, "access-control-", 0, 15));
        assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
    }
}
