package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ValidatePostTest {

    private static final String VALIDATE = "/v1/posts/validate";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    /** Whatever it says, it leaves nothing behind. */
    private Answer validate(String json) {
        Answer answer = flow.unchanged(() -> alice.post(VALIDATE, json));
        answer.expect(200);
        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
        return answer;
    }

    /** What speaks against it, as {@code where code}. */
    private static List<String> said(JsonNode violations) {
        List<String> said = new ArrayList<>();
        violations.forEach(error -> said.add(
                error.path("pointer").asText() + " " + error.path("code").asText()));
        return said;
    }

    @Test
    void shows_what_the_network_then_gets_and_sends_nothing() {
        Answer shown = validate(TestCaller.postJson(channel, "Hello <b>you</b>", "\"publishNow\":true"));

        assertThat(shown.body().path("valid").asBoolean()).isTrue();
        JsonNode target = shown.body().at("/targets/0");
        assertThat(target.path("channelId").asText()).isEqualTo(channel);
        assertThat(target.path("provider").asText()).isEqualTo("sandbox");
        assertThat(target.at("/request/method").asText()).isEqualTo("POST");
        assertThat(target.at("/request/url").asText()).isEqualTo("sandbox:" + channel);
        assertThat(target.at("/request/chosenWhenSent")).isEmpty();
        alice.publishNow(channel, "Hello <b>you</b>");
        flow.runDueJobs();
        assertThat(alice.timeline(channel))
                .containsExactly(target.at("/request/body").asText());
    }

    @Test
    void tells_of_removed_tags_where_they_were() {
        JsonNode shown = validate("""
                {"content":"a <b>b</b>","targets":[{"channelId":"%s"},{"channelId":"%s","content":"<i>c</i>"}]}
                """.formatted(channel, alice.channel())).body();

        assertThat(said(shown.path("warnings"))).containsExactly("#/content html_removed");
        assertThat(said(shown.at("/targets/0/warnings"))).isEmpty();
        assertThat(said(shown.at("/targets/1/warnings"))).containsExactly("#/targets/1/content html_removed");
        assertThat(shown.at("/targets/0/request/body").asText()).isEqualTo("a b");
        assertThat(shown.at("/targets/1/request/body").asText()).isEqualTo("c");
    }

    @Test
    void tells_everything_that_speaks_against_each_target_and_the_post() {
        String foreign = flow.caller().channel();
        JsonNode shown = validate("""
                {"content":"<b></b>","publishNow":true,"scheduledAt":"2001-01-01T00:00:00Z","targets":[
                  {"channelId":"%1$s","content":" ","options":{"langs":["en"],"visibility":"public","sensitive":true}},
                  {"channelId":"%2$s","options":{"language":"en"}},
                  {"channelId":"%1$s","options":{"spoilerText":"x","langs":["en"]}}]}
                """.formatted(channel, foreign)).body();

        assertThat(shown.path("valid").asBoolean()).isFalse();
        assertThat(said(shown.path("violations")))
                .containsExactlyInAnyOrder(
                        "#/content required", "#/scheduledAt excluded", "#/scheduledAt out_of_range");
        assertThat(said(shown.at("/targets/0/violations")))
                .containsExactlyInAnyOrder(
                        "#/targets/0/content required",
                        "#/targets/0/options/langs unknown_option",
                        "#/targets/0/options/visibility unknown_option",
                        "#/targets/0/options/sensitive unknown_option");
        assertThat(said(shown.at("/targets/1/violations"))).containsExactly("#/targets/1/channelId not_found");
        assertThat(shown.at("/targets/1").has("provider")).isFalse();
        assertThat(said(shown.at("/targets/2/violations")))
                .containsExactlyInAnyOrder(
                        "#/targets/2/channelId duplicate",
                        "#/targets/2/options/spoilerText unknown_option",
                        "#/targets/2/options/langs unknown_option");
        assertThat(shown.path("targets")).noneMatch(target -> target.has("request"));
    }

    @Test
    void says_of_a_target_what_createPost_says_of_it() {
        String json = """
                {"content":" ","targets":[{"channelId":"%1$s","options":{"langs":["en"],"language":"en"}},
                  {"channelId":"%1$s","content":" "},{"channelId":"0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10"}]}
                """.formatted(channel);
        JsonNode shown = validate(json).body();

        List<String> all = said(shown.path("violations"));
        shown.path("targets").forEach(target -> all.addAll(said(target.path("violations"))));
        assertThat(alice.post("/v1/posts", json).expect(422).errors()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_target_that_can_go_out_is_shown_beside_one_that_cannot() {
        JsonNode shown = validate("""
                {"content":"Hello","targets":[{"channelId":"%s","options":{"langs":["en"]}},{"channelId":"%s"}]}
                """.formatted(channel, alice.channel())).body();

        assertThat(shown.path("valid").asBoolean()).isFalse();
        assertThat(shown.at("/targets/0").has("request")).isFalse();
        assertThat(shown.at("/targets/1").has("request")).isTrue();
    }

    @Test
    void the_same_content_within_a_day_is_told_unless_it_is_allowed_or_a_draft() {
        String post = alice.schedule(channel, "Twice", flow.clock().instant().plusSeconds(60));
        String json = "{\"content\":\"Twice\",\"targets\":[{\"channelId\":\"" + channel + "\"}]%s}";

        JsonNode twice = validate(json.formatted(",\"publishNow\":true")).body();

        assertThat(said(twice.at("/targets/0/violations"))).containsExactly("#/targets/0 duplicate_content");
        assertThat(twice.at("/targets/0/violations/0/detail").asText()).contains(post);
        assertThat(validate(json.formatted("")).body().path("valid").asBoolean())
                .isTrue();
        assertThat(validate(json.formatted(",\"publishNow\":true,\"allowDuplicate\":true"))
                        .body()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void warns_of_a_channel_whose_credentials_the_network_refused() {
        alice.publishNow(channel, "[sandbox:auth-revoked]");
        flow.runDueJobs();

        JsonNode shown = validate(TestCaller.postJson(channel, "Hello", "")).body();

        assertThat(shown.path("valid").asBoolean()).isTrue();
        assertThat(said(shown.at("/targets/0/warnings")))
                .containsExactly("#/targets/0/channelId reauthorization_required");
    }

    @Test
    void a_repetition_with_the_same_key_gets_the_same_answer() {
        String json = TestCaller.postJson(channel, "Hello", "");
        Answer first = alice.post(VALIDATE, json, "Idempotency-Key", "dry").expect(200);
        Answer again = alice.post(VALIDATE, json, "Idempotency-Key", "dry").expect(200);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void only_who_may_publish_may_ask() {
        flow.caller("posts:read", "channels:read")
                .post(VALIDATE, TestCaller.postJson(channel, "Hello", ""))
                .isProblem(403, "insufficient_scope");
    }

    @Test
    void a_body_that_is_no_post_is_refused_as_by_createPost() {
        flow.unchanged(() -> alice.post(VALIDATE, Json.text(Map.of("content", "Hello", "unheardOf", 1))))
                .isProblem(422, "validation_failed");
        alice.get(VALIDATE).isProblem(405, "method_not_allowed");
    }
}
