package io.flowapi.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollApiKeyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);

    private Answer made(String json) {
        return alice.post("/v1/api-keys", json).expect(201);
    }

    private Answer roll(TestCaller by, String id, int overlapSeconds) {
        return by.post("/v1/api-keys/" + id + "/roll", "{\"overlapSeconds\":" + overlapSeconds + "}");
    }

    @Test
    void the_new_key_does_what_the_old_one_did_and_both_work_for_the_overlap() {
        Answer old = made("{\"name\":\"CI\",\"scopes\":[\"posts:read\"]}");

        Answer rolled = roll(alice, old.text("id"), 60).expect(201);

        assertThat(rolled.header("Location")).isEqualTo("/v1/api-keys/" + rolled.text("id"));
        assertThat(rolled.text("id")).isNotEqualTo(old.text("id"));
        assertThat(rolled.text("name")).isEqualTo("CI");
        assertThat(rolled.body().path("scopes")).isEqualTo(old.body().path("scopes"));
        TestCaller before = alice.withKey(old.text("secret"));
        TestCaller after = alice.withKey(rolled.text("secret"));
        before.get("/v1/posts").expect(200);
        after.get("/v1/posts").expect(200);
        flow.clock().advance(Duration.ofSeconds(60));
        before.get("/v1/posts").isProblem(401, "invalid_api_key");
        after.get("/v1/posts").expect(200);
    }

    @Test
    void without_an_overlap_the_old_key_ends_at_once() {
        Answer old = made("{\"name\":\"CI\"}");
        TestCaller before = alice.withKey(old.text("secret"));
        before.get("/v1/posts").expect(200);

        alice.post("/v1/api-keys/" + old.text("id") + "/roll", "{}").expect(201);

        before.get("/v1/posts").isProblem(401, "invalid_api_key");
    }

    @Test
    void an_overlap_does_not_make_the_old_key_live_longer() {
        String end = flow.clock().instant().plus(Duration.ofSeconds(30)).toString();
        Answer old = made("{\"name\":\"CI\",\"expiresAt\":\"" + end + "\"}");

        Answer rolled = roll(alice, old.text("id"), 3600).expect(201);

        assertThat(alice.get("/v1/api-keys/" + old.text("id")).text("expiresAt"))
                .isEqualTo(old.text("expiresAt"));
        assertThat(rolled.text("expiresAt")).isEqualTo(old.text("expiresAt"));
    }

    @Test
    void an_expired_key_is_not_replaced() {
        String end = flow.clock().instant().plus(Duration.ofSeconds(30)).toString();
        Answer old = made("{\"name\":\"CI\",\"expiresAt\":\"" + end + "\"}");
        flow.clock().advance(Duration.ofSeconds(30));

        roll(alice, old.text("id"), 0).isProblem(409, "api_key_expired");
    }

    @Test
    void a_key_cannot_take_over_one_that_may_do_more() {
        Answer strong = made("{\"name\":\"strong\",\"scopes\":[\"keys:write\",\"posts:write\"]}");
        Answer weak = made("{\"name\":\"weak\",\"scopes\":[\"keys:write\"]}");

        flow.unchanged(() -> roll(alice.withKey(weak.text("secret")), strong.text("id"), 0)
                .isProblem(422, "validation_failed", "# scope_not_held"));
    }

    @Test
    void a_key_may_replace_itself() {
        Answer own = made("{\"name\":\"own\"}");
        TestCaller caller = alice.withKey(own.text("secret"));

        Answer rolled = roll(caller, own.text("id"), 0).expect(201);

        alice.withKey(rolled.text("secret")).get("/v1/me").expect(200);
    }

    @Test
    void the_other_mode_and_another_user_find_nothing() {
        Answer old = made("{\"name\":\"CI\"}");

        TestCaller bob = flow.caller();
        TestCaller aliceLive = user.key(Mode.LIVE);

        flow.unchanged(() -> roll(bob, old.text("id"), 0).isProblem(404, "not_found"));
        flow.unchanged(() -> roll(aliceLive, old.text("id"), 0).isProblem(404, "not_found"));
    }

    @Test
    void an_overlap_is_seven_days_at_most() {
        Answer old = made("{\"name\":\"CI\"}");

        roll(alice, old.text("id"), 604_801).isProblem(422, "validation_failed", "#/overlapSeconds out_of_range");
        roll(alice, old.text("id"), -1).isProblem(422, "validation_failed", "#/overlapSeconds out_of_range");
    }

    @Test
    void a_weaker_key_gets_no_secret_by_repeating_the_request_of_a_stronger_one() {
        Answer strong = made("{\"name\":\"strong\"}");
        Answer weak = made("{\"name\":\"weak\",\"scopes\":[\"keys:write\"]}");
        String roll = "/v1/api-keys/" + strong.text("id") + "/roll";
        alice.post(roll, "{}", "Idempotency-Key", "roll-2026-11").expect(201);
        alice.post("/v1/api-keys", "{\"name\":\"more\"}", "Idempotency-Key", "create-2026-11")
                .expect(201);
        TestCaller other = alice.withKey(weak.text("secret"));

        other.post(roll, "{}", "Idempotency-Key", "roll-2026-11").isProblem(422, "idempotency_key_reused");
        other.post("/v1/api-keys", "{\"name\":\"more\"}", "Idempotency-Key", "create-2026-11")
                .isProblem(422, "idempotency_key_reused");
    }

    @Test
    void what_is_not_held_is_said_before_the_end_of_the_key() {
        String end = flow.clock().instant().plus(Duration.ofSeconds(30)).toString();
        Answer strong = made("{\"name\":\"s\",\"scopes\":[\"posts:read\"],\"expiresAt\":\"" + end + "\"}");
        Answer weak = made("{\"name\":\"weak\",\"scopes\":[\"keys:write\"]}");
        flow.clock().advance(Duration.ofSeconds(30));

        roll(alice.withKey(weak.text("secret")), strong.text("id"), 0)
                .isProblem(422, "validation_failed", "# scope_not_held");
    }
}
