package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sandbox channel can be told how its network treats all of its posts; docs/sandbox.md says what comes of it. */
class SandboxBehaviourTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();

    private String channel(String behaviour) {
        return alice.post("/v1/channels", """
                        {"name":"Sandbox","provider":"sandbox","sandbox":{"behaviour":"%s"}}
                        """.formatted(behaviour)).created();
    }

    private JsonNode published(String channel, String content) {
        String post = alice.publishNow(channel, content);
        flow.runDueJobs();
        return alice.getPost(post).at("/targets/0");
    }

    private static String said(JsonNode target) {
        return target.path("status").asText() + " " + target.at("/error/code").asText("-");
    }

    @ParameterizedTest
    @CsvSource({
        "normal, published -",
        "rate_limited, pending rate_limited",
        "timeout, published -",
        "unknown, unknown no_answer",
        "server_error, pending not_taken",
        "rejected, failed rejected",
        "auth_revoked, failed credentials_refused",
        "quota, published -"
    })
    void every_post_of_the_channel_meets_it(String behaviour, String said) {
        assertThat(said(published(channel(behaviour), "Hello"))).isEqualTo(said);
    }

    @Test
    void it_is_shown_and_changed() {
        String channel = channel("rejected");
        assertThat(alice.get("/v1/channels/" + channel)
                        .ok()
                        .at("/sandbox/behaviour")
                        .asText())
                .isEqualTo("rejected");

        alice.patch("/v1/channels/" + channel, "{\"sandbox\":{\"behaviour\":\"normal\"}}")
                .expect(200);

        assertThat(alice.get("/v1/channels/" + channel)
                        .ok()
                        .at("/sandbox/behaviour")
                        .asText())
                .isEqualTo("normal");
        assertThat(said(published(channel, "Hello"))).isEqualTo("published -");
    }

    @Test
    void a_channel_whose_credentials_were_refused_works_again_once_it_behaves() {
        String channel = channel("auth_revoked");
        published(channel, "Hello");
        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("reauthorization_required");

        alice.patch("/v1/channels/" + channel, "{\"sandbox\":{\"behaviour\":\"normal\"}}")
                .expect(200);

        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("connected");
    }

    @Test
    void what_the_text_asks_for_comes_first() {
        assertThat(said(published(channel("rejected"), "[sandbox:timeout]"))).isEqualTo("published -");
    }

    @Test
    void what_was_rate_limited_goes_out_at_the_second_attempt() {
        String channel = channel("rate_limited");
        String post = alice.publishNow(channel, "Hello");
        flow.runDueJobs();
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();

        assertThat(alice.getPost(post).at("/targets/0/attempts").asInt()).isEqualTo(2);
        assertThat(alice.timeline(channel)).isEqualTo(List.of("Hello"));
    }

    @Test
    void other_networks_take_none_and_unknown_ones_are_refused() {
        TestCaller live = flow.user().key(Mode.LIVE);
        flow.unchanged(() -> live.post("/v1/channels", """
                {"name":"News","provider":"bluesky","sandbox":{"behaviour":"slow"},
                 "credentials":{"service":"http://localhost:1","identifier":"a.test","appPassword":"x"}}
                """).isProblem(422, "validation_failed", "#/sandbox excluded"));
        flow.unchanged(() -> alice.post("/v1/channels", """
                {"name":"Sandbox","provider":"sandbox","sandbox":{"behaviour":"odd"}}
                """).expect(422));
        String channel = channel("normal");
        flow.unchanged(
                () -> alice.patch("/v1/channels/" + channel, "{\"sandbox\":{}}").expect(422));
        flow.unchanged(() ->
                alice.patch("/v1/channels/" + channel, "{\"sandbox\":null}").expect(422));
    }

    @Test
    void the_page_names_every_behaviour_and_every_text() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "sandbox.md"));

        for (String behaviour : List.of(
                "rate_limited", "timeout", "unknown", "server_error", "rejected", "auth_revoked", "slow", "quota")) {
            assertThat(page).contains("| `" + behaviour + "` | `[sandbox:" + behaviour.replace('_', '-') + "]` |");
        }
    }
}
