package io.flowapi.badinput;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that breaks the schema or a rule. */
class BadFieldTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static final String EMOJI = "😀";

    static Stream<Arguments> brokenPosts() {
        return Stream.of(
                broken("no content", "{\"targets\":[%T]}", "#/content required"),
                broken("blank content", post("\" \\n\\t \"", ""), "#/content required"),
                broken("empty content", post("\"\"", ""), "#/content too_short"),
                broken("null content", post("null", ""), "#/content wrong_type"),
                broken("a number as content", post("7", ""), "#/content wrong_type"),
                broken("no targets", "{\"content\":\"Hi\"}", "#/targets required"),
                broken("empty targets", "{\"content\":\"Hi\",\"targets\":[]}", "#/targets too_short"),
                broken("targets that are no list", "{\"content\":\"Hi\",\"targets\":%T}", "#/targets wrong_type"),
                broken("an array", "[]", "# wrong_type"),
                broken("a text", "\"Hi\"", "# wrong_type"),
                broken("null", "null", "# wrong_type"),
                broken("an unknown field", post("\"Hi\"", ",\"contents\":\"Hi\""), "#/contents unknown_field"),
                broken(
                        "an unknown field of a target",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"%C\",\"contents\":\"Hi\"}]}",
                        "#/targets/0/contents unknown_field"),
                broken(
                        "blank content of a target",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"%C\",\"content\":\"  \"}]}",
                        "#/targets/0/content required"),
                broken(
                        "a target without channel",
                        "{\"content\":\"Hi\",\"targets\":[{}]}",
                        "#/targets/0/channelId required"),
                broken(
                        "an id that is no UUID",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"7\"}]}",
                        "#/targets/0/channelId wrong_format"),
                broken(
                        "an id that only Java takes for a UUID",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"1-1-1-1-1\"}]}",
                        "#/targets/0/channelId wrong_format"),
                broken(
                        "an unknown id",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10\"}]}",
                        "#/targets/0/channelId not_found"),
                broken(
                        "one channel twice",
                        "{\"content\":\"Hi\",\"targets\":[%T,%T]}",
                        "#/targets/1/channelId duplicate"),
                broken("a text as flag", post("\"Hi\"", ",\"publishNow\":\"true\""), "#/publishNow wrong_type"),
                broken("a time without offset", at("2026-12-01T00:00:00"), "#/scheduledAt wrong_format"),
                broken("a space instead of T", at("2026-12-01 00:00:00Z"), "#/scheduledAt wrong_format"),
                broken("a time in lower case", at("2026-12-01t00:00:00z"), "#/scheduledAt wrong_format"),
                broken("a year of five digits in UTC", at("9999-12-31T23:59:59-14:00"), "#/scheduledAt wrong_format"),
                broken("a date", at("2026-12-01"), "#/scheduledAt wrong_format"),
                broken("a day that is none", at("2026-02-30T00:00:00Z"), "#/scheduledAt wrong_format"),
                broken("an hour that is none", at("2026-12-01T24:00:00Z"), "#/scheduledAt wrong_format"),
                broken("an offset that is none", at("2026-12-01T00:00:00+25:00"), "#/scheduledAt wrong_format"),
                broken(
                        "epoch milliseconds",
                        post("\"Hi\"", ",\"scheduledAt\":1796083200000"),
                        "#/scheduledAt wrong_type"),
                broken("an empty externalId", post("\"Hi\"", ",\"externalId\":\"\""), "#/externalId too_short"),
                broken("metadata that is a list", post("\"Hi\"", ",\"metadata\":[]"), "#/metadata wrong_type"),
                broken("a number in metadata", post("\"Hi\"", ",\"metadata\":{\"n\":1}"), "#/metadata/n wrong_type"),
                broken(
                        "long metadata",
                        post("\"Hi\"", ",\"metadata\":{\"n\":\"" + "x".repeat(501) + "\"}"),
                        "#/metadata/n too_long"));
    }

    @ParameterizedTest
    @MethodSource("brokenPosts")
    void refuses_a_post_and_points_at_what_is_wrong(String json, String reason) {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String body = json.replace("%T", "{\"channelId\":\"%C\"}").replace("%C", channel);

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", body));

        answer.isProblem(422, "validation_failed", reason);
        assertThat(answer.body().path("errors").path(0).path("detail").asText()).isNotBlank();
    }

    @Test
    void tells_every_field_error_at_once() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", """
                {"targets":[{"channelId":"x","y":1}],"publishNow":1,"externalId":"","z":true}
                """));

        answer.isProblem(
                422,
                "validation_failed",
                "#/content required",
                "#/targets/0/channelId wrong_format",
                "#/targets/0/y unknown_field",
                "#/publishNow wrong_type",
                "#/externalId too_short",
                "#/z unknown_field");
    }

    @Test
    void tells_every_broken_rule_at_once() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", """
                {"content":" ","publishNow":true,"scheduledAt":"2020-01-01T00:00:00Z",
                 "targets":[{"channelId":"%1$s"},{"channelId":"%1$s","content":" "},
                            {"channelId":"0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10"}]}
                """.formatted(channel)));

        answer.isProblem(
                422,
                "validation_failed",
                "#/content required",
                "#/scheduledAt excluded",
                "#/scheduledAt out_of_range",
                "#/targets/1/channelId duplicate",
                "#/targets/1/content required",
                "#/targets/2/channelId not_found");
    }

    @Test
    void tells_the_first_100_of_very_many_errors() {
        TestCaller alice = flow.caller();
        String unknown =
                IntStream.range(0, 60_000).mapToObj(i -> "\"u" + i + "\":1").collect(joining(",", "{", "}"));

        long started = System.nanoTime();
        Answer answer = flow.unchanged(() -> alice.post("/v1/api-keys", unknown));

        answer.isProblem(422, "validation_failed");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.errors()).hasSize(100);
        assertThat(answer.bytes()).hasSizeLessThan(30_000);
        assertThat(answer.text("detail")).contains("first 100 of 60001");
    }

    @Test
    void escapes_names_in_its_pointers() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        Answer answer = flow.unchanged(
                () -> alice.post("/v1/posts", TestCaller.postJson(channel, "Hi", "\"metadata\":{\"a/b~c\":1}")));

        answer.isProblem(422, "validation_failed", "#/metadata/a~1b~0c wrong_type");
    }

    @Test
    void takes_10_000_code_points_of_content() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        String id = alice.publishNow(channel, EMOJI.repeat(10_000));
        flow.runDueJobs();

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
        assertThat(alice.timeline(channel)).containsExactly(EMOJI.repeat(10_000));
    }

    @Test
    void refuses_10_001_code_points_of_content() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String json = TestCaller.postJson(channel, EMOJI.repeat(10_001), "");

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", json));

        answer.isProblem(422, "validation_failed", "#/content too_long");
        assertThat(answer.body().at("/errors/0/limit").asLong()).isEqualTo(10_000);
    }

    @Test
    void refuses_26_targets() {
        TestCaller alice = flow.caller();
        String target = "{\"channelId\":\"" + alice.channel() + "\"}";
        String json = "{\"content\":\"Hi\",\"targets\":[" + (target + ",").repeat(25) + target + "]}";

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", json));

        answer.isProblem(422, "validation_failed", "#/targets too_long");
    }

    @Test
    void takes_an_upper_case_id_and_answers_it_in_lower_case() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        Answer answer = alice.post("/v1/posts", TestCaller.postJson(channel.toUpperCase(Locale.ROOT), "Hi", ""));

        answer.expect(201);
        assertThat(answer.text("targets/0/channelId")).isEqualTo(channel);
    }

    /** Neither UTF-8 nor PostgreSQL can keep these. */
    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud83db", "\\ude00"})
    void never_fails_on_characters_that_cannot_be_stored(String escaped) {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String target = "\"targets\":[{\"channelId\":\"" + channel + "\"}]";

        Stream.of(
                        "{\"content\":\"%s\"," + target + "}",
                        "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"" + channel + "\",\"content\":\"%s\"}]}",
                        "{\"content\":\"Hi\"," + target + ",\"externalId\":\"%s\"}",
                        "{\"content\":\"Hi\"," + target + ",\"metadata\":{\"name\":\"%s\"}}",
                        "{\"content\":\"Hi\"," + target + ",\"metadata\":{\"%s\":\"value\"}}")
                .forEach(json -> {
                    Answer answer = flow.unchanged(() -> alice.post("/v1/posts", json.replace("%s", escaped)));
                    assertThat(answer.status()).as(json + answer.text()).isIn(400, 422);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\ud83db"})
    void never_fails_on_names_that_cannot_be_stored(String escaped) {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String name = "\"name\":\"" + escaped + "\"";

        Answer created = flow.unchanged(() -> alice.post("/v1/channels", "{" + name + ",\"provider\":\"sandbox\"}"));
        Answer renamed = flow.unchanged(() -> alice.patch("/v1/channels/" + channel, "{" + name + "}"));
        Answer key = flow.unchanged(() -> alice.post("/v1/api-keys", "{" + name + "}"));

        assertThat(Stream.of(created, renamed, key).map(Answer::status))
                .allMatch(status -> status == 400 || status == 422);
    }

    static Stream<Arguments> brokenChannels() {
        return Stream.of(
                broken("no name", "{\"provider\":\"sandbox\"}", "#/name required"),
                broken("a blank name", "{\"name\":\" \",\"provider\":\"sandbox\"}", "#/name required"),
                broken(
                        "a long name",
                        "{\"name\":\"" + "x".repeat(101) + "\",\"provider\":\"sandbox\"}",
                        "#/name too_long"),
                broken("an unknown network", "{\"name\":\"A\",\"provider\":\"myspace\"}", "#/provider unknown_value"),
                broken("another case", "{\"name\":\"A\",\"provider\":\"Sandbox\"}", "#/provider unknown_value"));
    }

    @ParameterizedTest
    @MethodSource("brokenChannels")
    void refuses_a_channel_and_points_at_what_is_wrong(String json, String reason) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/channels", json));

        answer.isProblem(422, "validation_failed", reason);
    }

    static Stream<Arguments> brokenKeys() {
        return Stream.of(
                broken("no name", "{}", "#/name required"),
                broken("a blank name", "{\"name\":\" \"}", "#/name required"),
                broken("no scope", "{\"name\":\"A\",\"scopes\":[]}", "#/scopes too_short"),
                broken("an unknown scope", "{\"name\":\"A\",\"scopes\":[\"posts\"]}", "#/scopes/0 unknown_value"),
                broken(
                        "a scope twice",
                        "{\"name\":\"A\",\"scopes\":[\"posts:read\",\"posts:read\"]}",
                        "#/scopes duplicate"),
                broken(
                        "an end in the past",
                        "{\"name\":\"A\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                        "#/expiresAt in_the_past"),
                broken(
                        "an end in a year of five digits",
                        "{\"name\":\"A\",\"expiresAt\":\"9999-12-31T23:59:59-14:00\"}",
                        "#/expiresAt wrong_format"),
                broken(
                        "an end with a space",
                        "{\"name\":\"A\",\"expiresAt\":\"2030-12-31 23:59:59Z\"}",
                        "#/expiresAt wrong_format"),
                broken("no time", "{\"name\":\"A\",\"expiresAt\":\"tomorrow\"}", "#/expiresAt wrong_format"));
    }

    @ParameterizedTest
    @MethodSource("brokenKeys")
    void refuses_an_api_key_and_points_at_what_is_wrong(String json, String reason) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/api-keys", json));

        answer.isProblem(422, "validation_failed", reason);
    }

    static Stream<Arguments> brokenPatches() {
        return Stream.of(
                broken("nothing", "{}", "# too_short"),
                broken("a removed name", "{\"name\":null}", "#/name wrong_type"),
                broken("a blank name", "{\"name\":\"\\t\"}", "#/name required"),
                broken("another provider", "{\"provider\":\"sandbox\"}", "#/provider unknown_field"));
    }

    @ParameterizedTest
    @MethodSource("brokenPatches")
    void refuses_a_change_and_leaves_the_channel_as_it_was(String json, String reason) {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        JsonNode before = alice.get("/v1/channels/" + channel).ok();

        Answer answer = alice.patch("/v1/channels/" + channel, json);

        answer.isProblem(422, "validation_failed", reason);
        assertThat(alice.get("/v1/channels/" + channel).ok()).isEqualTo(before);
    }

    private static Arguments broken(String name, String json, String reason) {
        return argumentSet(name, json, reason);
    }

    private static String post(String content, String rest) {
        return "{\"content\":" + content + ",\"targets\":[%T]" + rest + "}";
    }

    private static String at(String time) {
        return post("\"Hi\"", ",\"scheduledAt\":" + Json.text(time));
    }
}
