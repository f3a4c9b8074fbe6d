package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls that may take effect twice: the document has none, and may get some. */
class RetryPolicyTest {

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final RetryPolicy policy = new RetryPolicy(2, new FakeTiming());

    @ParameterizedTest
    @CsvSource({"429, true", "408, false", "500, false", "503, false"})
    void repeats_only_what_was_refused_before_it_had_an_effect(int status, boolean repeated) {
        FlowApiException refused = FlowApiException.of(
                new ErrorAnswer("POST /", status, NO_HEADERS, Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(policy.pauseAfter(refused, 0, false).isPresent()).isEqualTo(repeated);
    }

    @Test
    void repeats_what_was_never_sent() {
        FlowException refused = new FlowConnectionException("refused", new ConnectException());
        FlowException broken = new FlowConnectionException("broken", new IOException());

        assertThat(policy.pauseAfter(refused, 0, false)).isPresent();
        assertThat(policy.pauseAfter(broken, 0, false)).isEmpty();
    }

    @Test
    void does_not_repeat_what_is_no_failure_of_server_or_network() {
        assertThat(policy.pauseAfter(new FlowException("interrupted"), 0, true)).isEmpty();
    }
}
