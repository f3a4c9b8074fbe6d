package io.flowapi.connections;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.OAuthX;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An application, the owners it sends to connect their accounts, and the network they have them on. */
final class Owners {

    static final String RETURN = "https://app.example.com/channels?tab=new";

    static final String NAME = "<b>Company</b> news & \"more\"";

    private Owners() {}

    static FakeOAuth network(InstantSource clock) {
        return new OAuthX(clock).tokens;
    }

    static Map<String, String> settings(FakeOAuth network) {
        return Map.of(
                "FLOW_X_API_URL",
                network.url(),
                "FLOW_X_AUTHORIZE_URL",
                network.url() + FakeOAuth.Endpoints.X.authorize(),
                "FLOW_X_CLIENT_ID",
                FakeOAuth.CLIENT_ID,
                "FLOW_X_CLIENT_SECRET",
                FakeOAuth.CLIENT_SECRET,
                "APP_URL",
                "https://app.example.com/");
    }

    static String request(String... members) {
        Map<String, Object> body = new HashMap<>(Map.of("name", NAME, "provider", "x", "returnUrl", RETURN));
        for (int i = 0; i < members.length; i += 2) {
            if (members[i + 1] == null) {
                body.remove(members[i]);
            } else {
                body.put(members[i], members[i + 1]);
            }
        }
        return Json.text(body);
    }

    static String start(TestCaller application, String... members) {
        return application
                .post("/v1/channels/connections", request(members))
                .expect(201)
                .text("authorizationUrl");
    }

    /** As far as the network has sent the browser back, with its code. */
    static String callback(TestBrowser browser, String url) {
        Answer network = browser.press(browser.open(url).expect(200), "connect").expect(303);
        return browser.follow(network).expect(302).header("Location");
    }

    /** The whole way; where the browser is sent in the end. */
    static String connect(Flow flow, TestCaller application, String... members) {
        TestBrowser browser = new TestBrowser(flow);
        return browser.open(callback(browser, start(application, members)))
                .expect(303)
                .header("Location");
    }

    static TestCaller application(Flow flow) {
        return flow.user().key(Mode.LIVE);
    }

    static List<String> channels(TestCaller application) {
        return application.get("/v1/channels").ok().path("data").findValuesAsText("id");
    }
}
