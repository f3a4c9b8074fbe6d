package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever guesses links and states is told to wait, as whoever guesses keys is. */
class GuessedConnectionTest {

    private static final FakeOAuth network =
            Owners.network(() -> GuessedConnectionTest.flow.clock().instant());

    @RegisterExtension
    static final Flow flow = new Flow(settings());

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Owners.settings(network));
        settings.put("FLOW_RATE_LIMIT_FAILED_AUTH", "3");
        return settings;
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void an_address_that_guesses_is_told_to_wait_and_what_is_under_way_goes_on() {
        String guess = "a".repeat(43);
        TestBrowser browser = new TestBrowser(flow);
        TestCaller application = Owners.application(flow);

        for (String path : List.of("callback/x?code=c&state=", "connect?request=", "callback/x?state=short")) {
            flow.nobody().get("/oauth/" + path + guess).isProblem(400, "connection_invalid");
        }

        Answer refused = flow.nobody().get("/oauth/callback/x?code=c&state=" + guess);
        assertThat(refused.isProblem(429, "rate_limited").header("Retry-After")).isEqualTo("60");
        flow.nobody().get("/oauth/connect?request=" + guess).isProblem(429, "rate_limited");
        flow.nobody().get("/v1/me").isProblem(429, "rate_limited");
        String page = browser.open("http://flow.test/oauth/connect").expect(429).text();
        assertThat(page).startsWith("<!doctype html>");
        assertThat(browser.open(Owners.callback(browser, Owners.start(application)))
                        .expect(303)
                        .header("Location"))
                .contains("channelId=");

        flow.clock().advance(Duration.ofSeconds(60));
        flow.nobody().get("/oauth/callback/x?code=c&state=" + guess).isProblem(400, "connection_invalid");
    }
}
