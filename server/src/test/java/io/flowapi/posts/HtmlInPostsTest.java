package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlInPostsTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private static List<String> warnings(JsonNode post) {
        List<String> warnings = new ArrayList<>();
        post.path("warnings")
                .forEach(warning -> warnings.add(warning.path("pointer").asText() + " "
                        + warning.path("code").asText() + ": "
                        + warning.path("detail").asText()));
        return warnings;
    }

    private Answer create(String content, String own, String rest) {
        return alice.post(
                "/v1/posts",
                "{\"content\":" + Json.text(content) + ",\"targets\":[{\"channelId\":\"" + channel + "\",\"content\":"
                        + Json.text(own) + "}]" + rest + "}");
    }

    private JsonNode patch(String post, String json) {
        return alice.patch("/v1/posts/" + post, json).ok();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a < b and c > d",
                "I <3 you",
                "List<String>",
                "<b unfinished",
                "see <https://example.com/a-b?c=d#e> or write to <mailto:a@example.com>",
                "<a href=\"x>y",
                "&lt;b&gt; &amp;amp; &copy",
                "  two  spaces\r\n\tand lines  "
            })
    void a_text_without_tags_is_kept_as_sent(String text) {
        Answer made = alice.post("/v1/posts", TestCaller.postJson(channel, text, "\"publishNow\":true"));
        String id = made.created();
        flow.runDueJobs();

        assertThat(made.text("content")).isEqualTo(text);
        assertThat(made.body().path("warnings").isArray()).isTrue();
        assertThat(warnings(made.body())).isEmpty();
        assertThat(alice.getPost(id).path("content").asText()).isEqualTo(text);
        assertThat(alice.timeline(channel)).containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>Hello</p>|Hello|2 HTML tags were",
                "Hel<!-- no -->lo|Hello|One HTML tag was",
                "<!DOCTYPE html>Hello|Hello|One HTML tag was",
                "<<b>script>Hello|Hello|One HTML tag was",
                "<a title=\"1 > 0\">Hello|Hello|One HTML tag was",
                "<my-card>Hello|Hello|One HTML tag was",
                "<stranger onclick=x>Hello|Hello|One HTML tag was"
            })
    void tags_are_removed_and_the_post_says_so(String sent, String left, String what) {
        Answer made = alice.post("/v1/posts", TestCaller.postJson(channel, sent, "\"publishNow\":true"));
        String id = made.created();
        assertThat(made.text("content")).isEqualTo(left);
        assertThat(warnings(made.body())).containsExactly("#/content html_removed: " + what + " removed.");
        assertThat(alice.getPost(id)).isEqualTo(made.body());
        assertThat(alice.get("/v1/posts").ok().at("/data/0")).isEqualTo(made.body());

        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly(left);
        assertThat(warnings(alice.getPost(id))).hasSize(1);
    }

    @Test
    void each_text_has_its_own_warning() {
        JsonNode post = create("<b>One", "<i>Two</i>", "").expect(201).body();

        assertThat(post.path("content").asText()).isEqualTo("One");
        assertThat(post.at("/targets/0/content").asText()).isEqualTo("Two");
        assertThat(warnings(post))
                .containsExactly(
                        "#/content html_removed: One HTML tag was removed.",
                        "#/targets/0/content html_removed: 2 HTML tags were removed.");
        assertThat(alice.getPost(post.path("id").asText())).isEqualTo(post);
    }

    @Test
    void what_is_blank_without_tags_is_missing_in_drafts_too() {
        create("<p> </p>", "<br>", "")
                .isProblem(422, "validation_failed", "#/content required", "#/targets/0/content required");

        String id = create("One", "Two", "").created();
        alice.patch("/v1/posts/" + id, "{\"content\":\"<p></p>\"}")
                .isProblem(422, "validation_failed", "#/content required");
        alice.patch("/v1/posts/" + id, "{\"targets\":[{\"channelId\":\"" + channel + "\",\"content\":\"<p>\"}]}")
                .isProblem(422, "validation_failed", "#/targets/0/content required");
    }

    @Test
    void the_schema_counts_the_text_as_sent() {
        String atMost = "<b>" + "x".repeat(9_997);

        alice.post("/v1/posts", TestCaller.postJson(channel, atMost, "")).expect(201);
        alice.post("/v1/posts", TestCaller.postJson(channel, atMost + "x", ""))
                .isProblem(422, "validation_failed", "#/content too_long");
    }

    @Test
    void an_update_says_it_anew_of_what_it_changes_and_keeps_the_rest() {
        String id = create("<b>One", "<i>Two</i>", "").created();

        assertThat(warnings(patch(id, "{\"externalId\":\"<b>\"}"))).hasSize(2);
        JsonNode plain = patch(id, "{\"content\":\"Plain\"}");
        assertThat(warnings(plain)).containsExactly("#/targets/0/content html_removed: 2 HTML tags were removed.");
        JsonNode tagged = patch(id, "{\"content\":\"<u>Under</u>\"}");
        assertThat(tagged.path("content").asText()).isEqualTo("Under");
        assertThat(warnings(tagged)).first().isEqualTo("#/content html_removed: 2 HTML tags were removed.");
        assertThat(warnings(tagged)).hasSize(2);
        JsonNode untargeted = patch(id, "{\"targets\":[{\"channelId\":\"" + channel + "\"}]}");
        assertThat(warnings(untargeted)).containsExactly("#/content html_removed: 2 HTML tags were removed.");
        assertThat(alice.getPost(id)).isEqualTo(untargeted);
    }

    @Test
    void what_is_the_applications_own_is_never_touched() {
        JsonNode post = create("One", "Two", ",\"externalId\":\"<b>x</b>\",\"metadata\":{\"<i>\":\"<b>x</b>\"}")
                .expect(201)
                .body();

        assertThat(post.path("externalId").asText()).isEqualTo("<b>x</b>");
        assertThat(post.at("/metadata/<i>").asText()).isEqualTo("<b>x</b>");
        assertThat(warnings(post)).isEmpty();
    }
}
