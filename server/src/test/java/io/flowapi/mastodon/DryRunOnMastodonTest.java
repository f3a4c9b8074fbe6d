package io.flowapi.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.SentRequest;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dry run shows is what the instance then gets. */
@Tag("one-database")
class DryRunOnMastodonTest {

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

    private String post(String text) {
        Map<String, Object> options = Map.of("visibility", "unlisted", "spoilerText", "Ä \"quoted\"", "language", "de");
        return Json.text(Map.of(
                "content",
                text,
                "publishNow",
                true,
                "targets",
                List.of(Map.of("channelId", instance.channel, "options", options))));
    }

    private JsonNode validate(String json) {
        return flow.unchanged(() -> instance.alice.post("/v1/posts/validate", json))
                .ok();
    }

    @Test
    void the_request_is_byte_for_byte_the_one_that_is_sent() {
        String json = post("Grüße 👩‍👩‍👧 \"und\" \\ https://example.com/ä?b=c\nzweite\tZeile");
        int before = instance.proxy.connections();
        JsonNode shown = validate(json).at("/targets/0/request");
        assertThat(instance.proxy.connections()).as("calls of the dry run").isEqualTo(before);
        AtomicReference<byte[]> sent = new AtomicReference<>();
        instance.nextPost(Treatment.forward(sent::set));

        JsonNode target =
                instance.settled(instance.alice.post("/v1/posts", json).created());

        assertThat(target.path("status").asText()).isEqualTo("published");
        assertThat(shown.path("chosenWhenSent").toString()).isEqualTo("[\"headers.Idempotency-Key\"]");
        String key = shown.at("/headers/Idempotency-Key").asText();
        SentRequest.of(sent.get())
                .isAsShown(shown, text -> text.replace(key, target.path("id").asText()));
        assertThat(shown.path("url").asText()).isEqualTo(instance.proxy.url() + "/api/v1/statuses");
    }

    @Test
    void every_target_has_all_that_speaks_against_it() {
        JsonNode shown = validate("""
                {"content":"%1$s","targets":[
                  {"channelId":"%2$s","options":{"langs":["en"],"sensitive":true}},
                  {"channelId":"%3$s","content":"%4$s"}]}
                """.formatted("a".repeat(600), instance.channel, instance.channel, "b".repeat(700)));

        assertThat(shown.path("valid").asBoolean()).isFalse();
        JsonNode first = shown.at("/targets/0/violations");
        assertThat(first.findValuesAsText("code")).containsExactly("unknown_option", "mastodon.status.characters");
        assertThat(first.at("/1/pointer").asText()).isEqualTo("#/content");
        assertThat(first.at("/1/limit").asLong()).isEqualTo(500);
        assertThat(first.at("/1/actual").asLong()).isEqualTo(600);
        JsonNode second = shown.at("/targets/1/violations");
        assertThat(second.findValuesAsText("code")).containsExactly("duplicate", "mastodon.status.characters");
        assertThat(second.at("/1/pointer").asText()).isEqualTo("#/targets/1/content");
        assertThat(second.at("/1/actual").asLong()).isEqualTo(700);
    }

    @Test
    void a_test_key_finds_no_live_channel_and_reaches_no_instance() {
        Flow.TestUser user = flow.user();
        Map<String, String> credentials =
                Map.of("instanceUrl", instance.proxy.url().toString(), "accessToken", FakeMastodon.TOKEN);
        String live = user.key(Mode.LIVE)
                .post(
                        "/v1/channels",
                        Json.text(Map.of("name", "News", "provider", "mastodon", "credentials", credentials)))
                .created();
        int before = instance.proxy.connections();

        JsonNode shown = user.key(Mode.TEST)
                .post("/v1/posts/validate", TestCaller.postJson(live, "Hello", ""))
                .ok();

        assertThat(shown.at("/targets/0/violations/0/code").asText()).isEqualTo("not_found");
        assertThat(shown.at("/targets/0").has("request")).isFalse();
        assertThat(instance.proxy.connections()).isEqualTo(before);
    }

    @Test
    void an_instance_that_is_left_alone_is_not_asked_and_why_is_said() {
        instance.proxy.refuse();
        for (int i = 0; i < 5; i++) {
            instance.afterDueJobs(instance.publishNow("Post " + i));
        }

        JsonNode target =
                instance.alice.post("/v1/posts/validate", post("Hello")).ok().at("/targets/0");

        assertThat(target.has("request")).isFalse();
        assertThat(target.at("/unavailable/code").asText()).isEqualTo("breaker_open");
        assertThat(target.path("violations")).isEmpty();
    }
}
