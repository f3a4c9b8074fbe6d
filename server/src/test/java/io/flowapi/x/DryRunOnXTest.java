package io.flowapi.x;

import static io.flowapi.x.TroubledX.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.SentRequest;
import io.flowapi.testing.Treatment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dry run says of a post for X. */
class DryRunOnXTest {

    @RegisterExtension
    static final TroubledX x = new TroubledX();

    private static String post(String text) {
        Map<String, ?> options = Map.of("replySettings", "verified", "inReplyToPostId", "7", "madeWithAi", true);
        return Json.text(Map.of(
                "content",
                text,
                "publishNow",
                true,
                "targets",
                List.of(Map.of("channelId", x.channel, "options", options))));
    }

    private static JsonNode validate(String json) {
        return x.flow.unchanged(() -> x.alice.post("/v1/posts/validate", json))
                .ok()
                .at("/targets/0");
    }

    @Test
    void the_request_is_byte_for_byte_the_one_that_is_sent() {
        String json = post("Grüße 👩‍👩‍👧 \"und\" \\ a < b & c https://example.com/ä?b=c\nzweite\tZeile");
        int before = x.proxy.connections();
        JsonNode shown = validate(json).path("request");
        assertThat(x.proxy.connections()).as("calls of the dry run").isEqualTo(before);
        AtomicReference<byte[]> sent = new AtomicReference<>();
        x.nextPost(Treatment.forward(sent::set));

        JsonNode target = x.settled(x.alice.post("/v1/posts", json).created());

        assertThat(said(target)).isEqualTo("published");
        SentRequest.of(sent.get()).isAsShown(shown, text -> text);
        assertThat(shown.path("url").asText()).isEqualTo(x.proxy.url() + "/2/tweets");
    }

    @Test
    void all_that_speaks_against_it_is_told_and_what_is_only_dear_is_a_warning() {
        JsonNode target = validate(post("$ABC $XYZ \u2066 see example.com " + "語".repeat(140)));

        assertThat(target.path("violations").findValuesAsText("code"))
                .containsExactlyInAnyOrder("x.post.weighted_characters", "x.post.cashtags");
        assertThat(target.path("warnings").findValuesAsText("code"))
                .containsExactlyInAnyOrder("x.post.url_price", "x.post.reply_summoned");
    }

    @Test
    void what_is_against_a_rule_is_refused_when_it_is_created() {
        x.alice
                .post("/v1/posts", post("a".repeat(281)))
                .isProblem(422, "validation_failed", "#/content x.post.weighted_characters");
        x.alice.draft(x.channel, "a".repeat(281));
        assertThat(x.sends()).isZero();
    }

    @Test
    void the_rules_are_data() {
        JsonNode rules =
                x.alice.get("/v1/channels/" + x.channel + "/rules").ok().path("rules");

        assertThat(rules.findValuesAsText("id"))
                .containsExactly(
                        "x.post.weighted_characters",
                        "x.post.empty",
                        "x.post.invalid_characters",
                        "x.post.cashtags",
                        "x.post.url_price",
                        "x.post.reply_summoned");
    }
}
