package io.flowapi.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and headers that cannot be read. */
class BadParameterTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    static Stream<Arguments> badQueries() {
        return Stream.of(
                argumentSet("an unknown one", "/v1/posts?state=draft", "state unknown_parameter"),
                argumentSet("another case", "/v1/posts?Status=draft", "Status unknown_parameter"),
                argumentSet("no limit", "/v1/posts?limit=0", "limit out_of_range"),
                argumentSet("too high a limit", "/v1/posts?limit=101", "limit out_of_range"),
                argumentSet("a negative limit", "/v1/channels?limit=-1", "limit out_of_range"),
                argumentSet("a limit that is no number", "/v1/posts?limit=ten", "limit wrong_type"),
                argumentSet("a status that is none", "/v1/posts?status=done", "status unknown_value"),
                argumentSet("an id that is no UUID", "/v1/posts?channelId=7", "channelId wrong_format"),
                argumentSet("an id only Java reads", "/v1/posts?channelId=1-1-1-1-1", "channelId wrong_format"),
                argumentSet("a time that is none", "/v1/posts?from=yesterday", "from wrong_format"),
                argumentSet("a time without offset", "/v1/posts?to=2026-11-23T09:30:00", "to wrong_format"),
                argumentSet("a time with a space", "/v1/posts?to=2026-11-24%2005:00:00Z", "to wrong_format"),
                argumentSet("a time past year 9999", "/v1/posts?to=9999-12-31T23:00:00-14:00", "to wrong_format"),
                argumentSet("a long externalId", "/v1/posts?externalId=" + "x".repeat(256), "externalId too_long"),
                argumentSet("a cursor of nobody", "/v1/posts?cursor=x", "cursor invalid_cursor"),
                argumentSet("a long cursor", "/v1/posts?cursor=" + "x".repeat(501), "cursor too_long"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void refuses_a_query_parameter_and_names_it(String target, String reason) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.get(target));

        answer.isProblem(400, "invalid_parameter", reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=",
                "limit=5.0",
                "limit=1e1",
                "limit=%2B5",
                "limit=05",
                "limit=99999999999",
                "limit=5&limit=6",
                "status=",
                "status=draft&status=failed",
                "cursor=",
                "from=2026-11-23T09:30:60Z",
                "from=2026-11-23t09:30:00z",
                "from=2026-11-23T24:00:00Z",
                "from=2026-02-30T00:00:00Z",
                "from=2026-11-23T09:30:00.123456789123Z",
                "from=2026-11-23T09:30:00%2B25:00",
                "from=0000-01-01T00:00:00Z",
                "from=9999-12-31T23:59:59Z",
                "from=1796083200000",
                "from=-1000000000-01-01T00:00:00Z",
                "externalId=%00",
                "externalId=%ff",
                "externalId=%zz",
                "externalId=%",
                "externalId=a%0ab",
                "%00=1",
                "=1",
                "&&",
                "limit"
            })
    void answers_every_odd_query_with_a_page_or_a_400(String query) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() ->
                Wire.send(flow.port(), "GET /v1/posts?" + query + " HTTP/1.1", "Authorization: Bearer " + alice.key()));

        assertThat(answer.status()).as(answer.text()).isIn(200, 400);
    }

    @Test
    void refuses_an_unknown_parameter_where_none_is_known() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(
                () -> alice.post("/v1/channels?dryRun=true", "{\"name\":\"A\",\"provider\":\"sandbox\"}"));

        answer.isProblem(400, "invalid_parameter", "dryRun unknown_parameter");
    }

    @Test
    void refuses_a_flag_that_is_neither_true_nor_false_and_deletes_nothing() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        Answer answer = flow.unchanged(() -> alice.delete("/v1/channels/" + channel + "?cancelScheduled=yes"));

        answer.isProblem(400, "invalid_parameter", "cancelScheduled wrong_format");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "1-1-1-1-1", "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a1", "0199d3f25b1c7c3e9d7a3f6f1f1c9a10"})
    void refuses_an_id_in_the_path_that_is_no_uuid(String id) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.get("/v1/posts/" + id));

        answer.isProblem(400, "invalid_parameter", "postId wrong_format");
    }

    @Test
    void takes_an_upper_case_id_in_path_and_query() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = alice.draft(channel, "Hi");

        String found = alice.get("/v1/posts/" + post.toUpperCase(Locale.ROOT)).text("id");
        String listed = alice.get("/v1/posts?channelId=" + channel.toUpperCase(Locale.ROOT))
                .text("data/0/id");

        assertThat(found).isEqualTo(post);
        assertThat(listed).isEqualTo(post);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\"a", "a\"", "\"\"", "a,b", "ä", "a/b"})
    void refuses_a_malformed_idempotency_key_and_names_the_header(String key) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(
                () -> alice.post("/v1/channels", "{\"name\":\"A\",\"provider\":\"sandbox\"}", "Idempotency-Key", key));

        answer.isProblem(400, "invalid_parameter");
        assertThat(answer.errors()).isNotEmpty().allMatch(error -> error.startsWith("Idempotency-Key "));
    }

    @Test
    void refuses_an_idempotency_key_of_256_characters() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post(
                "/v1/channels", "{\"name\":\"A\",\"provider\":\"sandbox\"}", "Idempotency-Key", "x".repeat(256)));

        answer.isProblem(400, "invalid_parameter", "Idempotency-Key too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=ten", "limit=%7B", "limit=1e", "status=%7B", "from=x"})
    void keeps_the_words_of_its_parser_to_itself(String query) {
        TestCaller alice = flow.caller();

        Answer answer =
                Wire.send(flow.port(), "GET /v1/posts?" + query + " HTTP/1.1", "Authorization: Bearer " + alice.key());

        answer.isProblem(400, "invalid_parameter");
        assertThat(answer.text()).doesNotContain("parse", "Source", "token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "application/json;q=0", "application/json;q=0.0, */*", "*/*;q=0"})
    void refuses_a_client_that_takes_no_json(String accept) {
        TestCaller alice = flow.caller();

        alice.get("/v1/me", "Accept", accept).isProblem(406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*;q=0.1", "text/html, application/json;q=0.9", "Application/JSON"})
    void answers_a_client_that_takes_json_among_others(String accept) {
        TestCaller alice = flow.caller();

        alice.get("/v1/me", "Accept", accept).expect(200);
    }

    @Test
    void tells_every_bad_parameter_at_once() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.get("/v1/posts?limit=0&status=done&from=now&sort=asc"));

        answer.isProblem(
                400,
                "invalid_parameter",
                "limit out_of_range",
                "status unknown_value",
                "from wrong_format",
                "sort unknown_parameter");
    }
}
