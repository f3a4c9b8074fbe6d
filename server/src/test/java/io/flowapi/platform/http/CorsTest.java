package io.flowapi.platform.http;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins, while somebody develops one. */
class CorsTest {

    private static final String LOCAL = "http://localhost:5173";
    private static final String FOREIGN = "https://evil.example";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> every_operation_may_be_asked_about_without_a_key() {
        return each(_ -> true, operation -> {
            Answer answer = flow.unchanged(() -> preflight(operation.target(UNKNOWN), LOCAL, operation.method()));

            assertThat(answer.expect(204).bytes()).isEmpty();
            assertThat(answer.header(ALLOWED)).isEqualTo(LOCAL);
            assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo(Documented.methods(operation.path()));
            assertThat(answer.header("Access-Control-Allow-Headers"))
                    .isEqualTo("Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id,"
                            + " traceparent");
            assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("7200");
            assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
        });
    }

    @TestFactory
    Stream<DynamicTest> every_operation_tells_a_foreign_origin_nothing() {
        return each(_ -> true, operation -> {
            Answer answer = preflight(operation.target(UNKNOWN), FOREIGN, operation.method());

            hasNoCors(answer.expect(204));
        });
    }

    @TestFactory
    Stream<DynamicTest> every_refusal_can_be_read_by_an_allowed_origin() {
        return each(Documented::secured, operation -> {
            Answer answer = send(flow.nobody(), operation, operation.target(UNKNOWN), "Origin", LOCAL);

            isReadable(answer.expect(401));
        });
    }

    @TestFactory
    Stream<DynamicTest> every_operation_answers_a_foreign_origin_as_anybody() {
        TestCaller alice = flow.caller();
        return each(Documented::hasId, operation -> {
            String target = operation.target(UNKNOWN);
            Answer plain = send(alice, operation, target);
            Answer foreign = send(alice, operation, target, "Origin", FOREIGN);

            hasNoCors(foreign.expect(plain.status()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/openapi.yaml", "/problems/not_found", "/docs/page.css"})
    void what_can_be_read_may_be_asked_about_too(String path) {
        Answer answer = preflight(path, LOCAL, "GET").expect(204);

        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
    }

    @Test
    void an_answer_shows_its_headers_to_the_page() {
        isReadable(flow.caller().get("/v1/me", "Origin", LOCAL).expect(200));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /v1/unknown HTTP/1.1 | X-Any: 1                | 404
            PUT /v1/me HTTP/1.1      | X-Any: 1                | 405
            GET /v1//me HTTP/1.1     | X-Any: 1                | 400
            GET /v1/me HTTP/1.1      | Content-Length: x       | 400
            POST /v1/posts HTTP/1.1  | Content-Length: 2000000 | 413
            """)
    void a_refusal_of_the_protocol_can_be_read_too(String firstLine, String header, int status) {
        isReadable(Wire.send(flow.port(), firstLine, "Origin: " + LOCAL, header).expect(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:3000",
                "http://LOCALHOST:3000",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "https://localhost:65535"
            })
    void takes_pages_of_this_machine_on_any_port(String origin) {
        assertThat(me(origin).header(ALLOWED)).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                "",
                "localhost",
                "localhost:3000",
                "http://localhost:3000/",
                "http://localhost:3000/app",
                "http://localhost:",
                "http://localhost:x",
                "http://localhost:99999",
                "http://localhost.evil.example",
                "http://evil-localhost:3000",
                "http://user@localhost:3000",
                "http://localhost:3000@evil.example",
                "http://localhost:3000 http://evil.example",
                "http://localhost:3000, http://evil.example",
                "http://127.0.0.1.evil.example",
                "http://127a0b0c1:3000",
                "ftp://localhost",
                "https://app.example.com"
            })
    void takes_no_other_page(String origin) {
        hasNoCors(me(origin));
    }

    @Test
    void takes_no_page_when_two_are_named() {
        hasNoCors(Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Origin: " + LOCAL, "Origin: " + FOREIGN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Any: 1", "Origin: " + LOCAL, "Access-Control-Request-Method: GET"})
    void an_options_that_asks_nothing_is_a_method_like_any_other(String header) {
        Answer answer = Wire.send(flow.port(), "OPTIONS /v1/me HTTP/1.1", header);

        answer.isProblem(405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void an_unknown_path_stays_unknown() {
        preflight("/v1/unknown", LOCAL, "GET").isProblem(404, "route_not_found");
    }

    private static Answer me(String origin) {
        return Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Origin: " + origin)
                .expect(401);
    }

    private static Answer preflight(String path, String origin, String method) {
        return Wire.send(
                flow.port(),
                "OPTIONS " + path + " HTTP/1.1",
                "Origin: " + origin,
                "Access-Control-Request-Method: " + method);
    }

    private static void isReadable(Answer answer) {
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(LOCAL);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .isEqualTo("ETag, Location, Retry-After, X-Request-Id, Idempotent-Replayed, RateLimit,"
                        + " RateLimit-Policy");
        assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    private static void hasNoCors(Answer answer) {
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.regionMatches(true, 0, "access-control-", 0, 15));
        assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
    }
}
