package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedAuthenticationTest {

    @RegisterExtension
    static final Flow flow = new Flow(Map.of("FLOW_RATE_LIMIT_FAILED_AUTH", "3"));

    @Test
    void an_address_that_sends_wrong_keys_is_told_to_wait_and_its_right_keys_pass() {
        TestCaller right = flow.caller();
        TestCaller nobody = flow.nobody();
        TestCaller wrong = nobody.withKey("flow_test_unheard_of");
        nobody.get("/v1/me").isProblem(401, "missing_api_key");
        wrong.get("/v1/me").isProblem(401, "invalid_api_key");
        flow.clock().advance(Duration.ofMillis(1_500));
        wrong.get("/v1/posts").isProblem(401, "invalid_api_key");

        Answer refused = wrong.get("/v1/me").isProblem(429, "rate_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("59");
        assertThat(refused.header("WWW-Authenticate")).isEmpty();
        nobody.get("/v1/me").isProblem(429, "rate_limited");
        right.get("/v1/me").expect(200);

        flow.clock().advance(Duration.ofSeconds(58));
        wrong.get("/v1/me").isProblem(429, "rate_limited");
        flow.clock().advance(Duration.ofSeconds(1));
        wrong.get("/v1/me").isProblem(401, "invalid_api_key");
        wrong.get("/v1/me").isProblem(401, "invalid_api_key");
        wrong.get("/v1/me").isProblem(429, "rate_limited");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::1, 20010db800010002",
        "2001:db8:1:3::1, 20010db800010003",
        "::1, 0000000000000000",
        "flow.example, unknown",
        "a b, unknown"
    })
    void counts_all_addresses_of_one_subscriber_together(String address, String counted) {
        assertThat(FailedAuthenticationGate.subject(address)).isEqualTo(counted);
    }
}
