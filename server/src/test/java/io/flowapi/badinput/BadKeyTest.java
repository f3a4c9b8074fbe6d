package io.flowapi.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that open nothing. */
class BadKeyTest {

    private static final String CHANNEL = "{\"name\":\"Sandbox\",\"provider\":\"sandbox\"}";
    private static final String UNKNOWN = "flow_test_0000000000_" + "0".repeat(49);

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void asks_for_a_key_where_none_is_sent() {
        Answer answer = flow.unchanged(() -> flow.nobody().post("/v1/channels", CHANNEL));

        answer.isProblem(401, "missing_api_key");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "flow_test_x", ""})
    void asks_for_a_key_where_something_else_is_sent(String authorization) {
        Answer answer =
                flow.unchanged(() -> flow.nobody().post("/v1/channels", CHANNEL, "Authorization", authorization));

        answer.isProblem(401, "missing_api_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "flow_test_x",
                "flow_test_0000000000_000000",
                "flow_test_0000000000_\u00e4",
                "a b c",
                "' or 1=1 --"
            })
    void refuses_what_is_no_key(String key) {
        Answer answer = flow.unchanged(() -> flow.nobody().withKey(key).post("/v1/channels", CHANNEL));

        answer.isProblem(401, "invalid_api_key");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.text()).doesNotContain(key);
    }

    @Test
    void refuses_a_key_with_one_changed_character_wherever_it_is() {
        String key = flow.caller().key();

        for (int i = 0; i < key.length(); i++) {
            String changed = key.substring(0, i) + (key.charAt(i) == 'x' ? 'y' : 'x') + key.substring(i + 1);
            flow.nobody().withKey(changed).get("/v1/me").isProblem(401, "invalid_api_key");
        }
    }

    @Test
    void refuses_an_unknown_key_as_it_refuses_a_revoked_one() {
        TestCaller alice = flow.caller();
        alice.get("/v1/me").ok();
        alice.delete("/v1/api-keys/" + alice.get("/v1/me").text("apiKey/id")).expect(204);

        Answer revoked = flow.unchanged(() -> alice.post("/v1/channels", CHANNEL));
        Answer unknown = flow.nobody().withKey(UNKNOWN).post("/v1/channels", CHANNEL);

        revoked.isProblem(401, "invalid_api_key");
        assertThat(revoked.text("detail")).isEqualTo(unknown.text("detail"));
    }

    @Test
    void refuses_an_expired_key_from_its_last_instant_on() {
        TestCaller alice = flow.caller();
        String end = flow.clock().instant().plus(Duration.ofHours(1)).toString();
        String secret = alice.post("/v1/api-keys", "{\"name\":\"An hour\",\"expiresAt\":\"" + end + "\"}")
                .text("secret");
        TestCaller hour = alice.withKey(secret);

        flow.clock().advance(Duration.ofHours(1).minusMillis(1));
        Answer before = hour.get("/v1/me");
        flow.clock().advance(Duration.ofMillis(1));
        Answer after = flow.unchanged(() -> hour.post("/v1/channels", CHANNEL));

        before.expect(200);
        after.isProblem(401, "invalid_api_key");
    }

    @Test
    void refuses_a_key_without_the_scope_and_names_it() {
        TestCaller reader = flow.caller("posts:read", "channels:read", "keys:read");

        Answer answer = flow.unchanged(() -> reader.post("/v1/channels", CHANNEL));

        answer.isProblem(403, "insufficient_scope");
        assertThat(answer.text("detail")).contains("channels:write");
    }

    @Test
    void takes_the_scheme_in_any_case() {
        TestCaller alice = flow.caller();

        Answer answer = flow.nobody().get("/v1/me", "Authorization", "bEARER   " + alice.key());

        answer.expect(200);
    }
}
