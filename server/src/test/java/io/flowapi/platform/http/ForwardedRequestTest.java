package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.RequestLines;
import io.flowapi.testing.Wire;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("one-database")
class ForwardedRequestTest {

    private static final String[] FORWARDED = {
        "X-Forwarded-For: 203.0.113.9, 198.51.100.1", "X-Forwarded-For: 127.0.0.2", "Connection: close"
    };

    @TempDir
    Path directory;

    @Test
    void is_written_down_with_the_address_that_a_trusted_proxy_had_it_from() {
        Map<String, String> trusting = Map.of("FLOW_TRUSTED_PROXIES", "127.0.0.0/8");

        assertThat(address(trusting, "GET /health/liveness HTTP/1.1", 200)).isEqualTo("198.51.100.1");
        assertThat(address(trusting, "GET /v1/nothing HTTP/1.1", 404)).isEqualTo("198.51.100.1");
    }

    @Test
    void is_so_too_when_it_is_refused_below_the_filters() {
        Map<String, String> trusting = Map.of("FLOW_TRUSTED_PROXIES", "127.0.0.0/8");

        assertThat(address(trusting, "GET /health/liveness HTTP/1.1\r\nContent-Length: x", 400))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void is_that_of_the_other_side_of_the_connection_when_nobody_is_trusted() {
        assertThat(address(Map.of(), "GET /health/liveness HTTP/1.1", 200)).isEqualTo("127.0.0.1");
        assertThat(address(Map.of("FLOW_TRUSTED_PROXIES", "10.0.0.0/8"), "GET /health/liveness HTTP/1.1", 200))
                .isEqualTo("127.0.0.1");
    }

    private String address(Map<String, String> settings, String firstLine, int status) {
        try (ProductionServer server = ProductionServer.start(directory, settings);
                RequestLines log = RequestLines.open()) {
            Answer answer = Wire.send(server.port(), firstLine, FORWARDED);
            assertThat(answer.status()).isEqualTo(status);
            return log.of(answer).getFirst().path("address").asText();
        }
    }
}
