package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetChannelRulesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final FakeMastodon mastodon = new FakeMastodon(flow.clock());
    private final TestCaller alice = flow.user().key(Mode.LIVE);

    @AfterEach
    void close() {
        mastodon.close();
    }

    private String connect() {
        Map<String, String> credentials =
                Map.of("instanceUrl", mastodon.url().toString(), "accessToken", FakeMastodon.TOKEN);
        return alice.post(
                        "/v1/channels",
                        Json.text(Map.of("name", "News", "provider", "mastodon", "credentials", credentials)))
                .created();
    }

    private JsonNode rules(String channel) {
        return alice.get("/v1/channels/" + channel + "/rules").ok().path("rules");
    }

    @Test
    void the_sandbox_has_none() {
        assertThat(rules(alice.channel())).isEmpty();
    }

    @Test
    void an_instance_has_the_limit_that_it_told() {
        mastodon.takes(1000);

        JsonNode rule = rules(connect()).path(0);

        assertThat(rule.path("id").asText()).isEqualTo("mastodon.status.characters");
        assertThat(rule.path("severity").asText()).isEqualTo("error");
        assertThat(rule.path("limit").asLong()).isEqualTo(1000);
        assertThat(rule.path("unit").asText()).isEqualTo("characters");
        assertThat(rule.path("description").asText()).startsWith("The instance takes at most 1000 characters");
        assertThat(rule.path("remediation").asText()).isEqualTo("Shorten the text or the spoiler text.");
        assertThat(rule.path("docs").asText()).isEqualTo("/docs/rules#mastodon.status.characters");
    }

    @Test
    void what_an_instance_told_a_week_ago_refuses_nothing_and_is_a_warning() {
        String channel = connect();
        flow.clock().advance(Duration.ofDays(7));

        assertThat(rules(channel).path(0).path("severity").asText()).isEqualTo("warning");
    }

    @Test
    void a_channel_of_somebody_else_is_none() {
        String channel = alice.channel();

        flow.user().key(Mode.LIVE).get("/v1/channels/" + channel + "/rules").isProblem(404, "not_found");
    }
}
