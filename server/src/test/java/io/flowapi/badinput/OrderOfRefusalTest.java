package io.flowapi.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several reasons, the first of the documented order is told. */
class OrderOfRefusalTest {

    private static final String UNKNOWN = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10";

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void an_unknown_path_without_a_key_is_not_found() {
        flow.nobody().get("/v1/unknown").isProblem(404, "route_not_found");
    }

    @Test
    void an_unknown_method_without_a_key_is_not_allowed() {
        flow.nobody().send("PUT", "/v1/posts").isProblem(405, "method_not_allowed");
    }

    @Test
    void a_long_target_comes_before_its_path() {
        flow.nobody().get("/v1/unknown?" + "x".repeat(1025)).isProblem(414, "target_too_long");
    }

    @Test
    void a_wrong_key_comes_before_everything_that_is_wrong_with_the_request() {
        TestCaller nobody = flow.nobody().withKey("flow_test_wrong");

        Answer answer = nobody.send(
                "POST", "/v1/posts?a=b", "{".getBytes(), "Content-Type", "text/plain", "Accept", "text/html");

        answer.isProblem(401, "invalid_api_key");
    }

    @Test
    void a_missing_scope_comes_before_the_form_of_the_request() {
        TestCaller reader = flow.caller("posts:read");

        Answer answer = reader.send(
                "POST", "/v1/posts?a=b", "{".getBytes(), "Content-Type", "text/plain", "Accept", "text/html");

        answer.isProblem(403, "insufficient_scope");
    }

    @Test
    void a_missing_scope_comes_before_an_unknown_or_malformed_id() {
        TestCaller reader = flow.caller("posts:read");

        reader.delete("/v1/channels/" + UNKNOWN).isProblem(403, "insufficient_scope");
        reader.delete("/v1/channels/7").isProblem(403, "insufficient_scope");
    }

    @Test
    void accept_comes_before_the_content_type() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() ->
                alice.send("POST", "/v1/posts", "{".getBytes(), "Content-Type", "text/plain", "Accept", "text/html"));

        answer.isProblem(406, "not_acceptable");
    }

    @Test
    void the_content_type_comes_before_parameters_and_body() {
        TestCaller alice = flow.caller();

        Answer answer =
                flow.unchanged(() -> alice.send("POST", "/v1/posts?a=b", "{".getBytes(), "Content-Type", "text/plain"));

        answer.isProblem(415, "unsupported_media_type");
    }

    @Test
    void accept_and_content_type_come_before_a_malformed_id() {
        TestCaller alice = flow.caller();

        alice.get("/v1/posts/7", "Accept", "text/html").isProblem(406, "not_acceptable");
        alice.send("PATCH", "/v1/channels/7", "{".getBytes(), "Content-Type", "text/plain")
                .isProblem(415, "unsupported_media_type");
    }

    @Test
    void what_cannot_be_read_comes_before_what_breaks_a_rule() {
        TestCaller alice = flow.caller();

        Answer parameter = flow.unchanged(() -> alice.post("/v1/channels?a=b", "{\"provider\":\"sandbox\"}"));
        Answer id = flow.unchanged(() -> alice.patch("/v1/channels/7", "{}"));

        parameter.isProblem(400, "invalid_parameter", "a unknown_parameter");
        id.isProblem(400, "invalid_parameter", "channelId wrong_format");
    }

    @Test
    void bytes_that_are_no_json_are_a_400_beside_a_bad_parameter() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/channels?a=b", "{"));

        answer.expect(400);
    }

    @Test
    void a_broken_rule_comes_before_an_unknown_id_in_the_path() {
        TestCaller alice = flow.caller();

        alice.patch("/v1/channels/" + UNKNOWN, "{}").isProblem(422, "validation_failed");
        alice.patch("/v1/channels/" + UNKNOWN, "{\"name\":\" \"}").isProblem(422, "validation_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/*", "text/html, application/xml;q=0.9"})
    void refuses_an_accept_that_excludes_json(String accept) {
        TestCaller alice = flow.caller();

        Answer got = alice.get("/v1/me", "Accept", accept);
        Answer posted = flow.unchanged(
                () -> alice.post("/v1/channels", "{\"name\":\"A\",\"provider\":\"sandbox\"}", "Accept", accept));

        got.isProblem(406, "not_acceptable");
        posted.isProblem(406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json",
                "Application/JSON",
                "application/json;q=0.5",
                "text/html, application/json",
                "text/html, */*;q=0.1",
                "application/json; charset=utf-8",
                "application/problem+json, application/json",
                ""
            })
    void takes_an_accept_that_includes_json(String accept) {
        TestCaller alice = flow.caller();

        Answer answer = alice.get("/v1/me", "Accept", accept);

        answer.expect(200);
    }

    @Test
    void needs_no_accept() {
        TestCaller alice = flow.caller();

        Answer answer = Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Authorization: Bearer " + alice.key());

        answer.expect(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }
}
