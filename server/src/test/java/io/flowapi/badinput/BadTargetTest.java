package io.flowapi.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and methods that are none of ours. */
class BadTargetTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v2/posts",
                "/v1/post",
                "/v1/posts/",
                "/v1/posts/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10/send",
                "/V1/posts",
                "/v1/Posts"
            })
    void tells_that_no_operation_has_a_path(String path) {
        TestCaller alice = flow.caller();

        Answer answer = send("GET", path, alice);

        answer.isProblem(404, "route_not_found");
        assertThat(answer.text("instance")).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/posts%2f7",
                "/v1/posts%2F7",
                "/v1/posts/%00",
                "/v1/posts/%5c",
                "/v1/posts/%0d%0aX-Evil:1",
                "/v1/%2e%2e/posts",
                "/v1/x/%2E%2E/posts",
                "/v1/x/../posts",
                "/v1/./posts",
                "//v1/posts",
                "/v1//posts",
                "/v1/posts;a=b",
                "/v1/%70osts",
                "/v1/posts%20",
                "/v1/posts%23a",
                "/v1/me%3Flimit=1",
                "/v1/posts/é"
            })
    void refuses_a_path_that_two_readers_could_read_as_two(String path) {
        TestCaller alice = flow.caller();

        Answer answer = send("GET", path, alice);

        answer.isProblem(400, "malformed_request");
        assertThat(answer.header("X-Evil")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT     | /v1/posts                                              | GET, HEAD, POST
            DELETE  | /v1/posts                                              | GET, HEAD, POST
            POST    | /v1/posts/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10         | DELETE, GET, HEAD, PATCH
            GET     | /v1/posts/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10/publish | POST
            PUT     | /v1/channels/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10      | DELETE, GET, HEAD, PATCH
            POST    | /v1/me                                                 | GET, HEAD
            OPTIONS | /v1/me                                                 | GET, HEAD
            TRACE   | /v1/me                                                 | GET, HEAD
            BREW    | /v1/me                                                 | GET, HEAD
            POST    | /health/liveness                                       | GET, HEAD
            """)
    void tells_which_methods_a_path_takes(String method, String path, String allowed) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> send(method, path, alice));

        answer.isProblem(405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness#", "/health/liveness#x", "/v1/me?#", "/v1/posts?limit=1#x", "/v1/me#a#b"})
    void refuses_a_fragment(String target) {
        Wire.send(flow.port(), "GET " + target + " HTTP/1.1").isProblem(400, "malformed_request");
    }

    @ParameterizedTest
    @CsvSource({"?, 414", "?x, 414", "#, 414", "'', 404"})
    void counts_every_byte_of_the_target(String end, int status) {
        String path = "/v1/" + "x".repeat(2048 - 4);

        assertThat(Wire.send(flow.port(), "GET " + path + end + " HTTP/1.1").status())
                .isEqualTo(status);
    }

    @Test
    void refuses_a_query_of_more_than_1024_bytes() {
        TestCaller alice = flow.caller();

        Answer answer = send("GET", "/v1/posts?externalId=" + "x".repeat(1024 - 10), alice);

        answer.isProblem(414, "target_too_long");
    }

    @Test
    void refuses_a_long_query_of_a_probe_as_the_document_says() {
        flow.nobody().get("/health/liveness?" + "x".repeat(1025)).isProblem(414, "target_too_long");
        flow.nobody().get("/health/liveness?a=%00").isProblem(400, "malformed_request");
    }

    @Test
    void takes_a_query_of_1024_bytes() {
        TestCaller alice = flow.caller();
        String query = "cursor=" + "x".repeat(1024 - 7);

        Answer answer = send("GET", "/v1/posts?" + query, alice);

        answer.isProblem(400, "invalid_parameter", "cursor too_long");
    }

    @ParameterizedTest
    @ValueSource(ints = {2049, 4000, 20_000})
    void refuses_a_target_of_more_than_2048_bytes(int length) {
        TestCaller alice = flow.caller();

        Answer answer = send("GET", "/v1/posts/" + "x".repeat(length - 10), alice);

        answer.isProblem(414, "target_too_long");
    }

    @Test
    void refuses_headers_over_their_limit() {
        Answer answer = Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "X-Long: " + "x".repeat(20_000));

        answer.isProblem(431, "headers_too_large");
        assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Request-Id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET  /v1/me HTTP/1.1", "/v1/me HTTP/1.1", "GET v1/me HTTP/1.1"})
    void refuses_what_is_no_request(String firstLine) {
        Answer answer = Wire.send(flow.port(), firstLine);

        assertThat(answer.status()).as(answer.text()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("requestId")).isNotEmpty().isEqualTo(answer.header("X-Request-Id"));
    }

    private static Answer send(String method, String path, TestCaller caller) {
        return Wire.send(flow.port(), method + " " + path + " HTTP/1.1", "Authorization: Bearer " + caller.key());
    }
}
