package io.flowapi.connections;

import static io.flowapi.connections.Owners.RETURN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An owner connects an account in a browser, from the application's request to the channel. */
class ConnectChannelTest {

    private static final FakeOAuth network =
            Owners.network(() -> ConnectChannelTest.flow.clock().instant());

    @RegisterExtension
    static final Flow flow = new Flow(Owners.settings(network));

    private final TestBrowser browser = new TestBrowser(flow);

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void an_owner_agrees_here_and_at_the_network_and_the_application_has_a_channel() {
        Flow.TestUser user = flow.user();
        TestCaller application = user.key(Mode.LIVE);

        Answer started = application.post("/v1/channels/connections", Owners.request());
        Answer page = browser.open(started.text("authorizationUrl"));
        Answer onward = browser.press(page, "connect");
        Answer asked = browser.follow(onward);
        Answer back = browser.follow(asked);

        assertThat(started.expect(201).text("expiresAt"))
                .isEqualTo(flow.clock().instant().plusSeconds(600).toString());
        assertThat(page.expect(200).text())
                .contains(
                        "Connect an account on X",
                        user.account().name(),
                        "<strong>Company news &amp; &quot;more&quot;</strong>",
                        "https://app.example.com");
        asks(onward.expect(303).header("Location"));
        assertThat(asked.expect(302).header("Location")).startsWith("http://flow.test/oauth/callback/x?code=");
        String returned = back.expect(303).header("Location");
        assertThat(returned).startsWith(RETURN + "&channelId=");
        JsonNode channel = application
                .get("/v1/channels/" + returned.substring((RETURN + "&channelId=").length()))
                .ok();
        assertThat(channel.path("provider").asText()).isEqualTo("x");
        assertThat(channel.path("name").asText()).isEqualTo("Company news & \"more\"");
        assertThat(channel.path("accountName").asText()).isEqualTo("@alice");
        assertThat(channel.path("status").asText()).isEqualTo("connected");
        assertThat(channel.path("warnings")).hasSize(1);
        assertThat(browser.cookies()).isEmpty();
    }

    /** RFC 6749, 4.1.1 and RFC 7636, 4.3. */
    private static void asks(String location) {
        Map<String, String> query = Stream.of(URI.create(location).getRawQuery().split("&"))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        assertThat(location).startsWith(network.url() + "/i/oauth2/authorize?").doesNotContain("+");
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", FakeOAuth.CLIENT_ID)
                .containsEntry("redirect_uri", "http://flow.test/oauth/callback/x")
                .containsEntry("scope", "tweet.read tweet.write users.read media.write offline.access")
                .containsEntry("code_challenge_method", "S256");
        // 256 bits each.
        assertThat(query.get("state")).matches("[A-Za-z0-9_-]{43}");
        assertThat(query.get("code_challenge")).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void what_was_connected_is_in_the_audit_log_and_among_the_events() {
        TestCaller application = Owners.application(flow);
        String key = application.get("/v1/me").text("apiKey/id");

        String returned = Owners.connect(flow, application);

        String channel = returned.substring(returned.lastIndexOf('=') + 1);
        JsonNode events = application.get("/v1/events").ok().path("data");
        assertThat(events.findValuesAsText("type")).containsExactly("channel.connected");
        JsonNode entries = application.get("/v1/audit-entries").ok().path("data");
        assertThat(entries.findValuesAsText("action"))
                .containsExactlyInAnyOrder("createChannel", "startChannelConnection");
        JsonNode made = entries.get(entries.get(0).path("action").asText().equals("createChannel") ? 0 : 1);
        assertThat(made.path("actor").asText()).isEqualTo("browser");
        assertThat(made.path("resourceId").asText()).isEqualTo(channel);
        assertThat(made.path("apiKeyId").asText()).isEqualTo(key);
        assertThat(made.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(made.path("requestId").asText()).isNotEmpty();
    }

    @Test
    void the_page_can_be_neither_framed_nor_kept_and_says_nothing_to_the_next_site() {
        Answer page = browser.open(Owners.start(Owners.application(flow)));

        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(page.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                        + " form-action 'self' " + network.url() + " https://app.example.com");
        assertThat(page.header("Set-Cookie"))
                .matches(
                        "flow-connection-[0-9a-f]{16}=[A-Za-z0-9_-]{43}; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax");
        assertThat(page.text()).doesNotContain("<script", " onclick", "style=");
    }

    @Test
    void two_accounts_can_be_connected_in_one_browser_at_the_same_time() {
        TestCaller application = Owners.application(flow);
        String first = Owners.callback(browser, Owners.start(application));
        String second = Owners.callback(browser, Owners.start(application));

        assertThat(browser.open(second).expect(303).header("Location")).contains("channelId=");
        assertThat(browser.open(first).expect(303).header("Location")).contains("channelId=");
        assertThat(Owners.channels(application)).hasSize(2);
    }

    @Test
    void whoever_does_not_agree_is_sent_back_and_nothing_is_connected() {
        TestCaller application = Owners.application(flow);
        String link = Owners.start(application);

        Answer cancelled = browser.press(browser.open(link), "cancel");

        assertThat(cancelled.expect(303).header("Location")).isEqualTo(RETURN + "&error=access_denied");
        assertThat(browser.open(link).status()).isEqualTo(400);
        assertThat(Owners.channels(application)).isEmpty();
    }

    @Test
    void whoever_says_no_at_the_network_is_sent_back_too() {
        TestCaller application = Owners.application(flow);
        for (String word : new String[] {"access_denied", "user_cancelled_login", "user_cancelled_authorize"}) {
            network.denies(word);
            assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=access_denied");
        }
        network.denies("server_error");
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=provider_error");
        network.denies(null);

        assertThat(Owners.channels(application)).isEmpty();
    }

    @Test
    void trouble_with_the_exchange_is_told_in_a_word() {
        TestCaller application = Owners.application(flow);
        network.nextAnswers(500, "{}");
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=provider_unavailable");
        network.nextIsLost();
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=provider_unavailable");
        network.nextAnswers(429, "{\"error\":\"slow_down\"}");
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=provider_unavailable");
        network.nextAnswers(401, "{\"error\":\"invalid_client\"}");
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=provider_error");
        network.nextAnswers(200, "{\"access_token\":\"nobodys\"}");
        assertThat(Owners.connect(flow, application)).isEqualTo(RETURN + "&error=account_refused");

        assertThat(Owners.channels(application)).isEmpty();
    }

    @Test
    void a_channel_is_connected_again_with_the_account_it_had() {
        TestCaller application = Owners.application(flow);
        String channel = id(Owners.connect(flow, application));
        flow.installation().database().write(tx -> {
            flow.installation().channels().requireReauthorization(tx, UUID.fromString(channel));
            return null;
        });

        network.signedIn("bob");
        String other = Owners.connect(flow, application, "name", null, "channelId", channel);
        String before = application.get("/v1/channels/" + channel).text("status");
        network.signedIn("alice");
        String same = Owners.connect(flow, application, "name", null, "channelId", channel);

        assertThat(other).isEqualTo(RETURN + "&error=other_account");
        assertThat(before).isEqualTo("reauthorization_required");
        assertThat(same).isEqualTo(RETURN + "&channelId=" + channel);
        assertThat(application.get("/v1/channels/" + channel).text("status")).isEqualTo("connected");
        assertThat(application.get("/v1/events").ok().path("data").findValuesAsText("type"))
                .containsExactlyInAnyOrder(
                        "channel.connected", "channel.reauthorization_required", "channel.connected");
        assertThat(application.get("/v1/audit-entries").ok().path("data").findValuesAsText("action"))
                .containsOnlyOnce("updateChannel");
    }

    @Test
    void a_channel_that_is_deleted_meanwhile_is_not_connected_again() {
        TestCaller application = Owners.application(flow);
        String channel = id(Owners.connect(flow, application));
        String back = Owners.callback(browser, Owners.start(application, "name", null, "channelId", channel));

        application.delete("/v1/channels/" + channel).expect(204);

        assertThat(browser.open(back).expect(303).header("Location")).isEqualTo(RETURN + "&error=channel_gone");
        assertThat(Owners.channels(application)).isEmpty();
    }

    @Test
    void a_channel_that_still_works_is_another_version_when_it_is_connected_again() {
        TestCaller application = Owners.application(flow);
        String channel = id(Owners.connect(flow, application));
        Answer before = application.get("/v1/channels/" + channel);
        flow.clock().advance(Duration.ofSeconds(1));

        Owners.connect(flow, application, "name", null, "channelId", channel);

        Answer after = application.get("/v1/channels/" + channel);
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(after.text("updatedAt")).isEqualTo(flow.clock().instant().toString());
        assertThat(application.get("/v1/events").ok().path("data").findValuesAsText("type"))
                .containsExactly("channel.connected");
    }

    @Test
    void an_application_rehearses_it_in_the_sandbox_with_a_test_key() {
        TestCaller application = flow.caller();

        Answer page = browser.open(Owners.start(application, "provider", "sandbox"));
        String returned = browser.press(page, "connect").expect(303).header("Location");

        assertThat(page.text()).contains("nothing leaves this server");
        assertThat(application.get("/v1/channels/" + id(returned)).text("provider"))
                .isEqualTo("sandbox");
        assertThat(browser.press(page, "connect").status()).isEqualTo(400);
        assertThat(Owners.channels(application)).hasSize(1);
    }

    private static String id(String returned) {
        assertThat(returned).contains("channelId=");
        return returned.substring(returned.lastIndexOf('=') + 1);
    }
}
