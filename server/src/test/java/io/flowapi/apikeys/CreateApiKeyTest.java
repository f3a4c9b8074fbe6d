package io.flowapi.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreateApiKeyTest {

    private static final String FORM = "flow_(live|test)_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}";

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void makes_a_key_that_works_with_the_scopes_it_was_given() {
        TestCaller alice = flow.caller();

        Answer made = alice.post("/v1/api-keys", "{\"name\":\"CI\",\"scopes\":[\"channels:read\"]}");
        TestCaller limited = alice.withKey(made.text("secret"));

        made.expect(201);
        assertThat(made.header("Location")).isEqualTo("/v1/api-keys/" + made.text("id"));
        assertThat(made.text("name")).isEqualTo("CI");
        assertThat(made.text("secret")).matches(FORM).startsWith(made.text("prefix") + "_");
        assertThat(made.body().path("scopes").toString()).isEqualTo("[\"channels:read\"]");
        limited.get("/v1/channels").expect(200);
        limited.get("/v1/posts").isProblem(403, "insufficient_scope");
        assertThat(limited.get("/v1/me").text("apiKey/id")).isEqualTo(made.text("id"));
    }

    @Test
    void gives_the_scopes_of_its_maker_when_none_are_named() {
        TestCaller alice = flow.caller("keys:write", "posts:read");

        Answer made = alice.post("/v1/api-keys", "{\"name\":\"Same\"}");

        assertThat(made.expect(201).body().path("scopes"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("keys:write", "posts:read");
    }

    @Test
    void cannot_give_a_scope_it_lacks() {
        TestCaller alice = flow.caller("keys:write", "posts:read");
        String wanted = "{\"name\":\"More\",\"scopes\":[\"posts:write\",\"posts:read\",\"channels:write\"]}";

        Answer answer = flow.unchanged(() -> alice.post("/v1/api-keys", wanted));

        answer.isProblem(422, "validation_failed", "#/scopes/0 scope_not_held", "#/scopes/2 scope_not_held");
    }

    @Test
    void stays_in_the_mode_of_its_maker() {
        Flow.TestUser alice = flow.user();

        Answer live = alice.key(Mode.LIVE).post("/v1/api-keys", "{\"name\":\"Live\"}");
        Answer test = alice.key(Mode.TEST).post("/v1/api-keys", "{\"name\":\"Test\"}");
        Answer mixed = alice.key(Mode.TEST).post("/v1/api-keys", "{\"name\":\"Live\",\"mode\":\"live\"}");

        assertThat(live.text("mode")).isEqualTo("live");
        assertThat(live.text("secret")).startsWith("flow_live_");
        assertThat(test.text("mode")).isEqualTo("test");
        assertThat(test.text("secret")).startsWith("flow_test_");
        mixed.isProblem(422, "validation_failed", "#/mode unknown_field");
    }

    @Test
    void shows_the_secret_this_once() {
        TestCaller alice = flow.caller();
        Answer made = alice.post("/v1/api-keys", "{\"name\":\"Once\"}");
        String secretPart = made.text("secret").substring(made.text("prefix").length());

        Answer got = alice.get("/v1/api-keys/" + made.text("id"));
        Answer listed = alice.get("/v1/api-keys");
        Answer me = alice.withKey(made.text("secret")).get("/v1/me");

        assertThat(got.ok().has("secret")).isFalse();
        assertThat(got.text() + listed.text() + me.text()).doesNotContain(secretPart);
        assertThat(got.text("prefix")).isEqualTo(made.text("prefix"));
    }

    @Test
    void answers_what_it_will_answer_later() {
        TestCaller alice = flow.caller();

        Answer made =
                alice.post("/v1/api-keys", "{\"name\":\"A\",\"expiresAt\":\"2027-01-01T01:00:00.123456789+01:00\"}");
        Answer got = alice.get("/v1/api-keys/" + made.expect(201).text("id"));

        assertThat(made.text("expiresAt")).isEqualTo(got.text("expiresAt")).isEqualTo("2027-01-01T00:00:00.123Z");
        assertThat(made.text("createdAt")).isEqualTo(got.text("createdAt"));
    }

    @Test
    void no_two_keys_are_alike() {
        TestCaller alice = flow.caller();

        Answer one = alice.post("/v1/api-keys", "{\"name\":\"A\"}");
        Answer other = alice.post("/v1/api-keys", "{\"name\":\"A\"}");

        assertThat(one.text("secret")).isNotEqualTo(other.text("secret"));
        assertThat(one.text("prefix")).isNotEqualTo(other.text("prefix"));
    }
}
