package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of channels and API keys. */
class HtmlInNamesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();

    private static String json(String name, String rest) {
        return "{\"name\":" + Json.text(name) + rest + "}";
    }

    private Answer channel(String name) {
        return alice.post("/v1/channels", json(name, ",\"provider\":\"sandbox\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a < b|a < b",
                "I <3 you|I <3 you",
                "List<String>|List<String>",
                "Me <b unfinished|Me <b unfinished",
                "&lt;b&gt; &amp; co|&lt;b&gt; &amp; co",
                "<b>Me</b>|Me",
                "<<b>script>Me|Me",
                "M<!-- > -->e|Me",
                "<!doctype html>Me|Me",
                "<a title=\">\">Me|Me",
                "<my-card>Me|Me",
                "<stranger onclick=x>Me|Me"
            })
    void lose_their_tags_and_nothing_else(String sent, String left) {
        Answer made = channel(sent);
        String path = "/v1/channels/" + made.created();
        assertThat(made.text("name")).isEqualTo(left);
        assertThat(alice.get(path).text("name")).isEqualTo(left);

        String other = alice.channel();
        assertThat(alice.patch("/v1/channels/" + other, json(sent, "")).text("name"))
                .isEqualTo(left);
        assertThat(alice.get("/v1/channels/" + other).text("name")).isEqualTo(left);

        Answer key = alice.post("/v1/api-keys", json(sent, ""));
        assertThat(key.text("name")).isEqualTo(left);
        assertThat(alice.get("/v1/api-keys/" + key.created()).text("name")).isEqualTo(left);
    }

    @Test
    void say_what_they_lost_until_they_are_changed() {
        JsonNode made = channel("<b>Me</b>").expect(201).body();
        String path = "/v1/channels/" + made.path("id").asText();
        assertThat(made.path("warnings")).isEqualTo(removed("2 HTML tags were removed."));
        assertThat(alice.get(path).ok()).isEqualTo(made);
        assertThat(alice.get("/v1/channels").ok().at("/data/0")).isEqualTo(made);

        JsonNode again = alice.patch(path, json("M<!-- x -->e", "")).ok();
        assertThat(again.path("warnings")).isEqualTo(removed("One HTML tag was removed."));
        Answer plain = alice.patch(path, json("Me", ""), "If-Match", "\"2\"");
        assertThat(plain.ok().path("warnings")).isEqualTo(Json.tree("[]"));
        assertThat(plain.header("ETag")).contains("\"3\"");
        assertThat(alice.get(path).ok()).isEqualTo(plain.body());
    }

    @Test
    void of_a_key_say_what_they_lost_and_not_in_the_key_that_replaces_it() {
        JsonNode made =
                alice.post("/v1/api-keys", json("<b>Me</b>", "")).expect(201).body();
        String path = "/v1/api-keys/" + made.path("id").asText();
        assertThat(made.path("warnings")).isEqualTo(removed("2 HTML tags were removed."));
        assertThat(alice.get(path).ok().path("warnings")).isEqualTo(made.path("warnings"));
        assertThat(alice.get("/v1/api-keys").ok().path("data"))
                .contains(alice.get(path).ok());

        JsonNode rolled = alice.post(path + "/roll", "{}").expect(201).body();
        assertThat(rolled.path("name").asText()).isEqualTo("Me");
        assertThat(rolled.path("warnings")).isEqualTo(Json.tree("[]"));
    }

    @Test
    void say_the_same_when_the_request_is_repeated() {
        String sent = json("<i>Me</i>", ",\"provider\":\"sandbox\"");
        JsonNode made = alice.post("/v1/channels", sent, "Idempotency-Key", "html-1")
                .expect(201)
                .body();

        assertThat(alice.post("/v1/channels", sent, "Idempotency-Key", "html-1")
                        .expect(201)
                        .body())
                .isEqualTo(made);
    }

    private static JsonNode removed(String detail) {
        return Json.tree("[{\"code\":\"html_removed\",\"pointer\":\"#/name\",\"detail\":\"" + detail + "\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<b></b>", " <br> ", "<!-- me -->"})
    void are_missing_when_only_tags_were_sent(String name) {
        channel(name).isProblem(422, "validation_failed", "#/name required");
        alice.patch("/v1/channels/" + alice.channel(), json(name, ""))
                .isProblem(422, "validation_failed", "#/name required");
        alice.post("/v1/api-keys", json(name, "")).isProblem(422, "validation_failed", "#/name required");
    }

    @Test
    void are_counted_as_sent() {
        String atMost = "<b>" + "x".repeat(97);

        channel(atMost).expect(201);
        channel(atMost + "x").isProblem(422, "validation_failed", "#/name too_long");
        alice.post("/v1/api-keys", json(atMost + "x", "")).isProblem(422, "validation_failed", "#/name too_long");
    }
}
