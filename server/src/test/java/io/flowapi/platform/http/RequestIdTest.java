package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "My_request-1",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void takes_a_harmless_id_of_the_client(String id) {
        TestCaller alice = flow.caller();

        Answer success = alice.get("/v1/me", "X-Request-Id", id);
        Answer refusal = alice.get("/v1/unknown", "X-Request-Id", id);

        assertThat(success.header("X-Request-Id")).isEqualTo(id);
        assertThat(refusal.isProblem(404, "route_not_found").text("requestId")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "{\"level\":\"error\"}",
                "a;b",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void replaces_an_id_that_could_do_harm_in_a_log(String id) {
        Answer answer = flow.nobody().get("/health/liveness", "X-Request-Id", id);

        assertThat(UUID.fromString(answer.header("X-Request-Id"))).isNotNull();
    }

    @Test
    void gives_every_request_an_id_of_its_own() {
        TestCaller alice = flow.caller();

        String one = alice.get("/v1/me").header("X-Request-Id");
        String other = alice.get("/v1/me").header("X-Request-Id");

        assertThat(one).isNotEmpty().isNotEqualTo(other);
    }

    @Test
    void names_what_the_server_itself_refuses() {
        Answer answer = Wire.send(flow.port(), "GET /v1/me HTTP/1.1", "Content-Length: x");

        answer.isProblem(400, "malformed_request");
    }
}
