package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application must send to have a channel connected, and what it is told when it may not. */
class StartChannelConnectionTest {

    private static final String CONNECTIONS = "/v1/channels/connections";
    private static final String KEY = "Idempotency-Key";
    private static final String UNKNOWN = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10";

    private static final FakeOAuth network =
            Owners.network(() -> StartChannelConnectionTest.flow.clock().instant());

    @RegisterExtension
    static final Flow flow = new Flow(Owners.settings(network));

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void the_link_is_new_each_time_and_the_same_for_a_repeated_request() {
        TestCaller application = Owners.application(flow);

        Answer first = application.post(CONNECTIONS, Owners.request(), KEY, "once");
        Answer again = flow.unchanged(() -> application.post(CONNECTIONS, Owners.request(), KEY, "once"));
        Answer other = application.post(CONNECTIONS, Owners.request());

        assertThat(first.expect(201).text("authorizationUrl"))
                .matches("http://flow\\.test/oauth/connect\\?request=[A-Za-z0-9_-]{43}");
        assertThat(first.header("Location")).isEqualTo(first.text("authorizationUrl"));
        assertThat(again.expect(201).text()).isEqualTo(first.text());
        assertThat(other.expect(201).text("authorizationUrl")).isNotEqualTo(first.text("authorizationUrl"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/channels",
                "https://app.example.com.evil.example/",
                "https://app.example.com@evil.example/",
                "https://user@app.example.com/",
                "https://app.example.com:8443/",
                "http://app.example.com/",
                "https://app.example.com/#here",
                "//app.example.com/",
                "/channels",
                "app.example.com",
                "javascript:alert(1)",
                "https://app.example.com\\@evil.example/",
                "https://app.example.com/a b",
                "https://app.example.com/\\r\\nSet-Cookie: a=b",
                "https:///",
                "https://äpp.example.com/"
            })
    void an_owner_is_sent_to_no_page_of_another_origin(String foreign) {
        TestCaller application = Owners.application(flow);

        Answer answer = flow.unchanged(() -> application.post(CONNECTIONS, Owners.request("returnUrl", foreign)));

        answer.isProblem(422, "validation_failed", "#/returnUrl origin_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "https://APP.example.com:443/a?b=c", "http://localhost:3000/"})
    void an_owner_is_sent_to_pages_of_the_application_and_in_development_of_this_machine(String own) {
        Owners.application(flow)
                .post(CONNECTIONS, Owners.request("returnUrl", own))
                .expect(201);
    }

    @Test
    void a_new_channel_needs_a_name() {
        TestCaller application = Owners.application(flow);

        application
                .post(CONNECTIONS, Owners.request("name", null))
                .isProblem(422, "validation_failed", "#/name required");
        application
                .post(CONNECTIONS, Owners.request("name", "<b></b> "))
                .isProblem(422, "validation_failed", "#/name required");
    }

    @ParameterizedTest
    @CsvSource({"bluesky, not_connectable", "mastodon, not_connectable"})
    void networks_without_a_login_of_their_own_are_connected_with_credentials(String provider, String code) {
        Owners.application(flow)
                .post(CONNECTIONS, Owners.request("provider", provider))
                .isProblem(422, "validation_failed", "#/provider " + code);
    }

    @Test
    void a_test_key_reaches_no_network() {
        flow.caller().post(CONNECTIONS, Owners.request()).isProblem(422, "validation_failed", "#/provider live_only");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        flow.caller()
                .post(CONNECTIONS, Owners.request("channelId", UNKNOWN, "returnUrl", "https://evil.example/"))
                .isProblem(
                        422,
                        "validation_failed",
                        "#/provider live_only",
                        "#/returnUrl origin_not_allowed",
                        "#/name excluded",
                        "#/channelId not_found");
    }

    @Test
    void only_a_channel_of_the_caller_and_of_the_network_is_connected_again() {
        TestCaller application = Owners.application(flow);
        String sandbox = application.channel();
        String foreign = Owners.application(flow).channel();

        application
                .post(CONNECTIONS, Owners.request("name", null, "channelId", sandbox))
                .isProblem(422, "validation_failed", "#/provider other_network");
        application
                .post(CONNECTIONS, Owners.request("name", null, "channelId", foreign))
                .isProblem(422, "validation_failed", "#/channelId not_found");
    }

    @Test
    void where_the_network_does_not_know_the_server_it_is_said_what_to_set() {
        Flow unknown = new Flow(Map.of("APP_URL", "https://app.example.com"));
        unknown.start();
        try {
            Answer answer = Owners.application(unknown).post(CONNECTIONS, Owners.request());

            answer.isProblem(422, "validation_failed", "#/provider not_configured");
            assertThat(answer.text("errors/0/detail")).contains("FLOW_X_CLIENT_ID");
            // What was begun before the setting was removed is refused as what it is.
            assertThat(new TestBrowser(unknown)
                            .open("http://flow.test/oauth/callback/x?state=" + "a".repeat(43) + "&code=c")
                            .status())
                    .isEqualTo(400);
        } finally {
            unknown.stop();
        }
    }

    @Test
    void a_hundred_may_be_under_way() {
        TestCaller application = flow.user().key(Mode.TEST);
        for (int i = 0; i < 100; i++) {
            Owners.start(application, "provider", "sandbox");
        }

        application.post(CONNECTIONS, Owners.request("provider", "sandbox")).isProblem(409, "limit_reached");
        flow.clock().advance(Connection.LIFE);
        Owners.start(application, "provider", "sandbox");
    }

    @Test
    void what_was_never_used_is_forgotten_after_an_hour() {
        Owners.start(Owners.application(flow));
        assertThat(stored()).isPositive();

        flow.clock().advance(Duration.ofHours(1));
        flow.installation()
                .database()
                .write(tx -> new ConnectionStore(flow.installation().vault())
                        .purge(tx, flow.clock().instant().minus(Duration.ofHours(1)), 500));

        assertThat(stored()).isZero();
    }

    private static long stored() {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from channel_connections")
                        .mapTo(Long.class)
                        .one());
    }
}
