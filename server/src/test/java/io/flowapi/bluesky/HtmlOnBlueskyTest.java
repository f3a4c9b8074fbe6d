package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HtmlOnBlueskyTest {

    private static final int GRAPHEMES_MAX = 300;

    @RegisterExtension
    static final Flow flow = new Flow();

    private static RealPds pds;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    private static String channel(TestCaller alice) {
        RealPds.Account account = pds.createAccount(RealPds.freshHandle());
        Map<String, String> credentials = Map.of(
                "service", pds.url().toString(),
                "identifier", account.handle(),
                "appPassword", pds.createAppPassword(account, "flow"));
        return alice.post(
                        "/v1/channels",
                        Json.text(Map.of("name", "News", "provider", "bluesky", "credentials", credentials)))
                .created();
    }

    @Test
    void the_network_counts_what_remains_of_a_text() {
        TestCaller alice = flow.user().key(Mode.LIVE);
        String channel = channel(alice);
        String most = "x".repeat(GRAPHEMES_MAX);

        assertThat(alice.post("/v1/posts", TestCaller.postJson(channel, "<p>" + most + "</p>", "\"publishNow\":true"))
                        .expect(201)
                        .text("content"))
                .isEqualTo(most);
        flow.unchanged(() -> alice.post(
                        "/v1/posts", TestCaller.postJson(channel, "<p>" + most + "x</p>", "\"publishNow\":true"))
                .isProblem(422, "validation_failed"));
    }
}
