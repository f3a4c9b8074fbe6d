package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateWebhookTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);

    private Answer create(String rest) {
        return alice.post(
                "/v1/webhooks", "{\"url\":\"https://hooks.example.com/flow\",\"events\":[\"*\"]" + rest + "}");
    }

    private Answer createWithHeader(String name, String value) {
        return create(",\"headers\":{\"" + name + "\":\"" + value + "\"}");
    }

    @Test
    void makes_a_webhook_that_is_enabled_and_shows_its_secret_once() {
        Answer made = alice.post("/v1/webhooks", """
                        {"url":"https://hooks.example.com/flow?a=b","events":["post.published","post.failed"],
                         "description":"Newsroom","headers":{"X-Key":"secret-value-1"}}
                        """).expect(201);

        assertThat(Base64.getDecoder().decode(made.text("secret").substring("whsec_".length())))
                .hasSize(32);
        assertThat(made.header("Location")).isEqualTo("/v1/webhooks/" + made.text("id"));
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        JsonNode shown = alice.get(made.header("Location")).ok();
        assertThat(shown.has("secret")).isFalse();
        assertThat(shown.path("url").asText()).isEqualTo("https://hooks.example.com/flow?a=b");
        assertThat(shown.path("events").toString()).isEqualTo("[\"post.published\",\"post.failed\"]");
        assertThat(shown.path("description").asText()).isEqualTo("Newsroom");
        assertThat(shown.path("headerNames").toString()).isEqualTo("[\"X-Key\"]");
        assertThat(shown.path("status").asText()).isEqualTo("enabled");
        assertThat(shown.toString()).doesNotContain("secret-value-1");
        assertThat(alice.get("/v1/webhooks").ok().at("/data/0")).isEqualTo(shown);
    }

    @Test
    void a_repeated_request_gets_the_same_secret_but_not_with_a_key_of_other_scopes() {
        String json = "{\"url\":\"https://hooks.example.com/\",\"events\":[\"*\"]}";
        Answer made = alice.post("/v1/webhooks", json, "Idempotency-Key", "w").expect(201);

        Answer again = alice.post("/v1/webhooks", json, "Idempotency-Key", "w").expect(201);
        assertThat(again.text("secret")).isEqualTo(made.text("secret"));
        user.key(Mode.TEST, "webhooks:write")
                .post("/v1/webhooks", json, "Idempotency-Key", "w")
                .isProblem(422, "idempotency_key_reused");
    }

    @Test
    void neither_secrets_nor_values_of_headers_are_stored_readable() {
        String secret =
                createWithHeader("X-Key", "value-of-the-header").expect(201).text("secret");

        String stored = flow.installation()
                .database()
                .read(tx -> Stream.of(
                                "select secret from webhook_secrets", "select coalesce(headers, '') from webhooks")
                        .flatMap(sql -> tx.createQuery(sql).mapTo(String.class).list().stream())
                        .collect(Collectors.joining("\n")));
        assertThat(stored).isNotBlank().doesNotContain(secret, secret.substring(6), "value-of-the-header", "X-Key");
    }

    @Test
    void others_and_the_other_mode_do_not_see_it() {
        String path = "/v1/webhooks/" + create("").created();

        for (TestCaller other : List.of(flow.caller(), user.key(Mode.LIVE))) {
            other.get(path).isProblem(404, "not_found");
            other.patch(path, "{\"status\":\"disabled\"}").isProblem(404, "not_found");
            other.delete(path).isProblem(404, "not_found");
            other.post(path + "/test").isProblem(404, "not_found");
            other.post(path + "/roll-secret", "{}").isProblem(404, "not_found");
            other.post(path + "/recover", "{\"since\":\"2026-01-01T00:00:00Z\"}")
                    .isProblem(404, "not_found");
            other.get(path + "/deliveries").isProblem(404, "not_found");
            assertThat(other.get("/v1/webhooks").ok().path("data")).isEmpty();
        }
    }

    /** 10.0.0.1 in five ways, and the machine that a cloud keeps its secrets on. */
    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, address",
        "http://167772161/, host_form",
        "http://0x0a000001/, host_form",
        "http://012.0.0.01/, host_form",
        "'http://[::ffff:10.0.0.1]/', address",
        "http://10.1/, host_form",
        "http://169.254.169.254/latest, address",
        "http://printer.internal/, name",
        "ftp://hooks.example.com/, scheme",
        "https://user:pass@hooks.example.com/, userinfo",
        "hooks, scheme"
    })
    void refuses_addresses_that_are_not_to_be_called_however_they_are_written(String url, String reason) {
        Answer refused = alice.post("/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"*\"]}");

        refused.isProblem(422, "validation_failed", "#/url " + reason);
        assertThat(refused.text("errors/0/detail"))
                .matches("(Use|Write|Start|Remove) .+")
                .doesNotContain("10.0.0.1");
        String webhook = create("").created();
        alice.patch("/v1/webhooks/" + webhook, "{\"url\":\"" + url + "\"}")
                .isProblem(422, "validation_failed", "#/url " + reason);
    }

    @Test
    void production_calls_https_on_the_usual_ports_alone() {
        WebhookRules rules = new WebhookRules(new UrlGuard(GuardPolicy.production(List.of()), _ -> List.of()));

        assertThat(Stream.of(
                                "https://hooks.example.com/",
                                "https://hooks.example.com:8443/",
                                "http://hooks.example.com/",
                                "https://hooks.example.com:9443/",
                                "https://localhost/",
                                "https://127.0.0.1/")
                        .map(url -> rules.broken(url, null, null, null).stream()
                                .map(FieldError::code)
                                .collect(Collectors.joining())))
                .containsExactly("", "", "scheme", "port", "name", "address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8089/hook", "http://127.0.0.1:1/", "https://hooks.example.com:9443/"})
    void takes_what_a_developer_listens_on_in_development(String url) {
        alice.post("/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"*\"]}")
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host", "content-type", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade",
                "Expect", "TE", "Trailer", "Cookie", "Proxy-Authorization", "Forwarded", "X-Forwarded-For",
                "Webhook-Id", "webhook-signature", "traceparent", "User-Agent"
            })
    void refuses_headers_that_are_not_the_customers(String name) {
        createWithHeader(name, "x").isProblem(422, "validation_failed", "#/headers/" + name + " excluded");
    }

    @Test
    void refuses_names_that_are_none_and_names_that_stand_there_twice() {
        createWithHeader("X Key", "x").isProblem(422, "validation_failed", "#/headers/X Key header_name");
        createWithHeader("", "x").isProblem(422, "validation_failed", "#/headers/ header_name");
        create(",\"headers\":{\"X-Key\":\"1\",\"x-key\":\"2\"}")
                .isProblem(422, "validation_failed", "#/headers/x-key duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nX-Evil: 1", "a\\u0000", "a\\u007f", "\\u00e9", " a", "a ", ""})
    void refuses_values_that_a_header_line_cannot_carry(String value) {
        assertThat(createWithHeader("X-Key", value).status()).isIn(400, 422);
    }

    @Test
    void takes_ten_headers_of_a_thousand_characters_and_no_more() {
        createWithHeader("X-Long", "a".repeat(1000)).expect(201);
        createWithHeader("X-Long", "a".repeat(1001)).isProblem(422, "validation_failed");
        create(headers(10)).expect(201);
        create(headers(11)).isProblem(422, "validation_failed");
    }

    private static String headers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"X-" + i + "\":\"v\"")
                .collect(Collectors.joining(",", ",\"headers\":{", "}"));
    }

    @Test
    void names_each_type_that_is_none_and_takes_everything_alone() {
        alice.post(
                        "/v1/webhooks",
                        "{\"url\":\"https://hooks.example.com\",\"events\":[\"post.published\",\"post.lost\",\"ping\"]}")
                .isProblem(422, "validation_failed", "#/events/1 unknown_event", "#/events/2 unknown_event");
        alice.post("/v1/webhooks", "{\"url\":\"https://hooks.example.com\",\"events\":[\"*\",\"post.failed\"]}")
                .isProblem(422, "validation_failed", "#/events excluded");
    }

    @Test
    void removes_tags_from_the_description_and_says_so() {
        Answer made = create(",\"description\":\"The <b>newsroom</b>\"").expect(201);

        JsonNode shown = alice.get(made.header("Location")).ok();
        assertThat(shown.path("description").asText()).isEqualTo("The newsroom");
        assertThat(shown.at("/warnings/0/pointer").asText()).isEqualTo("#/description");
        create(",\"description\":\"<b></b>\"").isProblem(422, "validation_failed", "#/description required");
    }

    @Test
    void the_eleventh_creation_in_a_minute_is_refused_and_nothing_else_is() {
        Flow limited = new Flow(Map.of("FLOW_RATE_LIMIT_WEBHOOK_CREATION", "10"));
        limited.start();
        try {
            TestCaller bob = limited.caller();
            for (int i = 0; i < 10; i++) {
                bob.webhook("https://hooks.example.com/" + i, "*");
            }
            String eleventh = "{\"url\":\"https://hooks.example.com/11\",\"events\":[\"*\"]}";
            assertThat(bob.post("/v1/webhooks", eleventh)
                            .isProblem(429, "rate_limited")
                            .header("Retry-After"))
                    .isEqualTo("60");
            bob.get("/v1/webhooks").expect(200);
            limited.clock().advance(Duration.ofSeconds(60));
            bob.post("/v1/webhooks", eleventh).expect(201);
        } finally {
            limited.stop();
        }
    }
}
