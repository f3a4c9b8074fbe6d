package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same as on X, where LinkedIn is not the same: its words, its addresses, and tokens that nobody can renew. */
class ConnectLinkedInTest {

    private static final FakeOAuth network = new FakeOAuth(
                    () -> ConnectLinkedInTest.flow.clock().instant(), FakeOAuth.Endpoints.LINKEDIN)
            .start(Map.of("/v2/userinfo", ConnectLinkedInTest::member));

    @RegisterExtension
    static final Flow flow = new Flow(Map.of(
            "FLOW_LINKEDIN_API_URL",
            network.url(),
            "FLOW_LINKEDIN_AUTHORIZE_URL",
            network.url() + FakeOAuth.Endpoints.LINKEDIN.authorize(),
            "FLOW_LINKEDIN_CLIENT_ID",
            FakeOAuth.CLIENT_ID,
            "FLOW_LINKEDIN_CLIENT_SECRET",
            FakeOAuth.CLIENT_SECRET,
            "APP_URL",
            "https://app.example.com"));

    private static void member(HttpExchange exchange) throws IOException {
        try (exchange) {
            String who = network.accountOf(exchange).orElse(null);
            byte[] body = Json.bytes(
                    who == null
                            ? Map.of("status", 401, "code", "REVOKED_ACCESS_TOKEN", "message", "The token was revoked")
                            : Map.of("sub", who, "name", who));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(who == null ? 401 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @BeforeAll
    static void asForMostApplications() {
        network.givesNoRefreshTokens();
        network.accessTokensLive(Duration.ofDays(60));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void a_member_connects_for_sixty_days_and_has_the_token_back_in_the_end() {
        TestCaller application = Owners.application(flow);
        TestBrowser browser = new TestBrowser(flow);

        Answer page = browser.open(Owners.start(application, "provider", "linkedin"));
        Answer onward = browser.press(page, "connect").expect(303);
        String returned = browser.follow(browser.follow(onward)).expect(303).header("Location");

        assertThat(page.text()).contains("Connect an account on LinkedIn");
        assertThat(onward.header("Location"))
                .startsWith(network.url() + "/oauth/v2/authorization?")
                .contains("scope=openid%20profile%20w_member_social", "callback%2Flinkedin");
        String id = returned.substring(returned.lastIndexOf('=') + 1);
        JsonNode channel = application.get("/v1/channels/" + id).ok();
        assertThat(channel.path("accountId").asText()).isEqualTo("urn:li:person:alice");
        assertThat(channel.path("credentialsExpireAt").asText())
                .isEqualTo(flow.clock().instant().plus(Duration.ofDays(60)).toString());
        application.delete("/v1/channels/" + id).expect(204);
        flow.runDueJobs();
        assertThat(network.revoked()).singleElement().asString().startsWith("access-");
    }
}
