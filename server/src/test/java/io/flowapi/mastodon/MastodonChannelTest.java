package io.flowapi.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connects accounts on an instance, and says precisely what is wrong with credentials. */
@Tag("one-database")
class MastodonChannelTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledInstance instance;

    @BeforeEach
    void open() {
        instance = new TroubledInstance(flow);
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private static Map<String, String> credentials(URI url, String token) {
        return Map.of("instanceUrl", url.toString(), "accessToken", token);
    }

    @Test
    void a_channel_shows_the_account_and_no_secret() {
        JsonNode channel =
                instance.alice.get("/v1/channels/" + instance.channel).ok();
        String host = instance.proxy.url().getAuthority();

        assertThat(channel.path("provider").asText()).isEqualTo("mastodon");
        assertThat(channel.path("accountName").asText()).isEqualTo("alice@" + host);
        assertThat(channel.path("accountId").asText()).isEqualTo(FakeMastodon.ACCOUNT + "@" + host);
        assertThat(channel.toString()).doesNotContain(FakeMastodon.TOKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\":\"The access token is invalid\"} | #/credentials credentials_refused",
                "403 | {\"error\":\"This action is outside the authorized scopes\"} | #/credentials credentials_refused",
                "429 | {\"error\":\"Throttled\"} | #/credentials rate_limited",
                "200 | {} | #/credentials/instanceUrl unreachable",
                "200 | <html> | #/credentials/instanceUrl unreachable",
                "200 | {\"id\":\"../1\",\"username\":\"a\"} | #/credentials/instanceUrl unreachable",
                "301 | {} | #/credentials/instanceUrl unreachable",
                "404 | {\"error\":\"Not found\"} | #/credentials/instanceUrl unreachable",
                "500 | {\"error\":\"x\"} | #/credentials/instanceUrl unreachable"
            })
    void what_the_instance_refuses_makes_no_channel(int status, String body, String reason) {
        instance.proxy.next(1, "verify_credentials", Treatment.answer(status, body));

        flow.unchanged(() -> instance.connect(credentials(instance.proxy.url(), FakeMastodon.TOKEN))
                .isProblem(422, "validation_failed", reason));
    }

    @Test
    void a_token_that_cannot_read_statuses_makes_no_channel() {
        instance.proxy.next(
                1, "limit=1", Treatment.answer(403, "{\"error\":\"This action is outside the authorized scopes\"}"));

        instance.connect(credentials(instance.proxy.url(), FakeMastodon.TOKEN))
                .isProblem(422, "validation_failed", "#/credentials credentials_refused");
    }

    @ParameterizedTest
    @CsvSource({"http://10.0.0.1", "http://169.254.169.254/", "ftp://example.com", "mastodon.example", "not a url"})
    void an_instance_that_may_not_be_called_is_refused(String url) {
        instance.connect(Map.of("instanceUrl", url, "accessToken", "any"))
                .isProblem(422, "validation_failed", "#/credentials/instanceUrl url_not_allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"instanceUrl\":\"https://a.example\"} | #/credentials/accessToken required",
                "{\"accessToken\":\"a\"} | #/credentials/instanceUrl required",
                "{\"instanceUrl\":\"https://a.example\",\"accessToken\":\"a b\"} | #/credentials/accessToken wrong_format"
            })
    void what_is_missing_or_malformed_is_named(String credentials, String reason) {
        instance.alice
                .post("/v1/channels", "{\"name\":\"n\",\"provider\":\"mastodon\",\"credentials\":" + credentials + "}")
                .isProblem(422, "validation_failed", reason);
    }

    @Test
    void the_credentials_of_another_network_are_named_member_by_member() {
        Map<String, String> bluesky = new LinkedHashMap<>();
        bluesky.put("service", "https://bsky.social");
        bluesky.put("identifier", "a.example");
        bluesky.put("appPassword", "x");

        instance.connect(bluesky)
                .isProblem(
                        422,
                        "validation_failed",
                        "#/credentials/service excluded",
                        "#/credentials/identifier excluded",
                        "#/credentials/appPassword excluded",
                        "#/credentials/instanceUrl required",
                        "#/credentials/accessToken required");
    }

    @Test
    void a_test_key_reaches_no_network() {
        TestCaller tester = flow.user().key(Mode.TEST);
        int calls = instance.proxy.connections();

        tester.post(
                        "/v1/channels",
                        Json.text(Map.of(
                                "name",
                                "n",
                                "provider",
                                "mastodon",
                                "credentials",
                                credentials(instance.proxy.url(), FakeMastodon.TOKEN))))
                .isProblem(422, "validation_failed", "#/provider live_only");

        assertThat(instance.proxy.connections()).isEqualTo(calls);
    }

    @Test
    void an_account_on_another_instance_needs_another_channel() {
        try (CuttingProxy other = CuttingProxy.before(instance.mastodon.url())) {
            instance.alice
                    .patch(
                            "/v1/channels/" + instance.channel,
                            Json.text(Map.of("credentials", credentials(other.url(), FakeMastodon.TOKEN))))
                    .isProblem(422, "validation_failed", "#/credentials other_account");
        }
    }

    @ParameterizedTest
    @CsvSource({"langs,'[\"en\"]'", "visibility,'\"followers\"'", "language,'\"x\"'", "poll,'{}'"})
    void an_option_that_the_network_does_not_know_is_refused(String option, String value) {
        instance.alice
                .post(
                        "/v1/posts",
                        "{\"content\":\"c\",\"targets\":[{\"channelId\":\"" + instance.channel + "\",\"options\":{\""
                                + option + "\":" + value + "}}]}")
                .isProblem(422, "validation_failed");
    }

    @Test
    void a_sandbox_has_none_of_its_options() {
        instance.alice
                .post(
                        "/v1/posts",
                        "{\"content\":\"c\",\"targets\":[{\"channelId\":\"" + instance.alice.channel()
                                + "\",\"options\":{\"sensitive\":false,\"visibility\":\"public\"}}]}")
                .isProblem(
                        422,
                        "validation_failed",
                        "#/targets/0/options/visibility unknown_option",
                        "#/targets/0/options/sensitive unknown_option");
    }
}
