package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {

    @AutoClose
    private final StubServer server = new StubServer();

    private FlowApiException refusal() {
        FlowClient flow = server.builder().maxRetries(0).build();
        return catchThrowableOfType(FlowApiException.class, () -> flow.posts().createPost(Samples.HELLO));
    }

    static Stream<Arguments> families() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, AuthenticationException.class),
                Arguments.of(403, PermissionDeniedException.class),
                Arguments.of(404, NotFoundException.class),
                Arguments.of(409, ConflictException.class),
                Arguments.of(412, PreconditionFailedException.class),
                Arguments.of(413, FlowApiException.class),
                Arguments.of(422, ValidationException.class),
                Arguments.of(429, RateLimitException.class),
                Arguments.of(500, ServerException.class),
                Arguments.of(503, ServerException.class));
    }

    @ParameterizedTest
    @MethodSource("families")
    void has_a_type_for_each_family(int status, Class<?> type) {
        server.then(status, Samples.problem(status, "any", false));

        assertThat(refusal()).isExactlyInstanceOf(type);
    }

    @Test
    void tells_all_that_the_problem_tells() {
        server.then(422, """
                {"type": "http://localhost/problems/validation_failed", "title": "Validation failed", "status": 422,
                 "code": "validation_failed", "detail": "1 field is wrong.", "requestId": "req_1", "retryable": false,
                 "errors": [{"pointer": "#/content", "code": "too_long", "detail": "is too long", "limit": 500}]}
                """);

        FlowApiException refusal = refusal();

        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.code()).contains(ProblemCode.VALIDATION_FAILED);
        assertThat(refusal.detail()).contains("1 field is wrong.");
        assertThat(refusal.requestId()).contains("req_1");
        assertThat(refusal.retryable()).isFalse();
        assertThat(refusal.fieldErrors())
                .containsExactly(FieldError.builder()
                        .pointer("#/content")
                        .code("too_long")
                        .detail("is too long")
                        .limit(500L)
                        .build());
        assertThat(refusal)
                .hasMessage("POST /v1/posts was answered with 422 validation_failed: 1 field is wrong.;"
                        + " #/content is too long (request req_1)");
    }

    @Test
    void keeps_a_code_of_a_newer_server() {
        server.then(409, Samples.problem(409, "too_early", false));

        ProblemCode code = refusal().code().orElseThrow();

        assertThat(code.value()).isEqualTo("too_early");
        assertThat(code.isKnown()).isFalse();
    }

    @Test
    void has_a_type_for_the_answer_of_a_proxy() {
        server.then(502, "<h1>Bad gateway</h1>", "Content-Type", "text/html", "X-Request-Id", "req_2");

        FlowApiException refusal = refusal();

        assertThat(refusal).isInstanceOf(ServerException.class);
        assertThat(refusal.problem()).isEmpty();
        assertThat(refusal.code()).isEmpty();
        assertThat(refusal.fieldErrors()).isEmpty();
        assertThat(refusal.requestId()).contains("req_2");
        assertThat(refusal.retryable()).isTrue();
    }

    @Test
    void has_the_headers_of_the_answer() {
        server.then(412, Samples.problem(412, "precondition_failed", false), "ETag", "\"4\"");

        assertThat(refusal().headers().firstValue("etag")).contains("\"4\"");
    }

    @Test
    void has_a_type_for_half_a_problem() {
        server.then(404, "{\"type\": ");

        assertThat(refusal()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void does_not_follow_a_redirect_with_the_api_key() {
        server.then(307, "", "Location", server.url() + "/elsewhere");

        assertThat(refusal().status()).isEqualTo(307);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void does_not_repeat_the_api_key_of_a_talkative_server() {
        server.then(401, """
                {"type": "t", "title": "t", "status": 401, "code": "invalid_api_key", "detail": "Bearer %s is unknown",
                 "requestId": "r", "retryable": false}
                """.formatted(StubServer.API_KEY));

        FlowApiException refusal = refusal();

        assertThat(refusal).hasMessageContaining("Bearer *** is unknown");
        assertThat(refusal.problem().toString()).doesNotContain(StubServer.API_KEY);
    }

    @Test
    void refuses_a_success_it_cannot_read() {
        server.then(200, "[]").then(200, "null").then(200, "{} {}").then(exchange -> {
            byte[] latin1 = "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, latin1.length);
            exchange.getResponseBody().write(latin1);
            exchange.close();
        });
        FlowClient flow = server.client();

        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> flow.channels().getChannel(Samples.ID))
                    .isExactlyInstanceOf(FlowException.class)
                    .hasMessageEndingWith("was answered with 200 and a body that is not a Channel");
        }
        assertThat(server.received()).hasSize(4);
    }
}
