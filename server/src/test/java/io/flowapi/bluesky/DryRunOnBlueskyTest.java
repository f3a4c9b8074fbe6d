package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.HangingPds;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.SentRequest;
import io.flowapi.testing.Treatment;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dry run shows is what a real Bluesky server then gets, whom it mentions among it. */
@Tag("one-database")
class DryRunOnBlueskyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
    }

    @AfterEach
    void close() {
        network.close();
    }

    private String post(String text) {
        return Json.text(Map.of(
                "content",
                text,
                "publishNow",
                true,
                "targets",
                List.of(Map.of("channelId", network.channel(), "options", Map.of("langs", List.of("de"))))));
    }

    private JsonNode validate(String text) {
        return flow.unchanged(() -> network.alice.post("/v1/posts/validate", post(text)))
                .ok()
                .at("/targets/0");
    }

    @Test
    void the_request_is_byte_for_byte_the_one_that_is_sent() {
        String text = "Grüße @" + network.account.handle() + " \"und\" #tag\nhttps://example.com/ä";
        JsonNode shown = validate(text).path("request");
        assertThat(network.shown()).isEmpty();
        AtomicReference<byte[]> sent = new AtomicReference<>();
        network.proxy.next(1, "putRecord", Treatment.forward(sent::set));

        network.settled(network.alice.post("/v1/posts", post(text)).created());

        SentRequest put = SentRequest.of(sent.get());
        JsonNode record = Json.tree(put.body());
        JsonNode preview = Json.tree(shown.path("body").asText());
        assertThat(preview.at("/record/facets")).hasSize(3);
        assertThat(preview.at("/record/createdAt")).isEqualTo(record.at("/record/createdAt"));
        put.isAsShown(
                shown,
                value -> value.replace(
                        preview.path("rkey").asText(), record.path("rkey").asText()));
        assertThat(shown.path("chosenWhenSent").toString())
                .isEqualTo("[\"body.rkey\",\"body.record.createdAt\",\"body.record.facets\"]");
    }

    @Test
    void a_server_that_does_not_tell_whom_a_mention_means_is_why_there_is_no_request() {
        network.proxy.next(1, "resolveHandle", Treatment.answer(500, "{\"error\":\"InternalServerError\"}"));

        JsonNode target = validate("Hello @somebody.example.com");

        assertThat(target.path("violations")).isEmpty();
        assertThat(target.has("request")).isFalse();
        assertThat(target.at("/unavailable/code").asText()).isEqualTo("provider_unavailable");
        assertThat(target.at("/unavailable/providerStatus").asInt()).isEqualTo(500);
    }

    @Test
    void a_text_without_mentions_asks_nobody() {
        int before = network.proxy.connections();

        assertThat(validate("Hello https://example.com").has("request")).isTrue();

        assertThat(network.proxy.connections()).isEqualTo(before);
    }

    @Test
    void a_server_that_hangs_takes_no_time_of_another_target() {
        try (HangingPds hanging = HangingPds.start()) {
            String slow = network.connect(URI.create(hanging.url()), "any").created();
            String text = "Hello @" + network.account.handle();
            String json = Json.text(Map.of(
                    "content",
                    text,
                    "targets",
                    List.of(Map.of("channelId", slow), Map.of("channelId", network.alice.channel()))));

            JsonNode targets =
                    network.alice.post("/v1/posts/validate", json).ok().path("targets");

            assertThat(targets.at("/0/unavailable/category").asText()).isEqualTo("provider_error");
            assertThat(targets.at("/0").has("request")).isFalse();
            assertThat(targets.at("/1").has("request")).isTrue();
        }
    }
}
