package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key with five requests a minute, of which two create a post and one a key. */
class RateLimitsTest {

    @RegisterExtension
    static final Flow flow = new Flow(Map.of(
            "FLOW_RATE_LIMIT_DEFAULT", "5",
            "FLOW_RATE_LIMIT_POST_CREATION", "2",
            "FLOW_RATE_LIMIT_API_KEY_CREATION", "1"));

    private final TestCaller caller = flow.caller();

    private static Answer draft(TestCaller caller) {
        return caller.post("/v1/posts", "{\"content\":\"Draft\"}");
    }

    @Test
    void every_answer_tells_where_the_limit_stands() {
        Answer first = caller.get("/v1/me").expect(200);
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"default\";q=5;w=60");
        assertThat(first.header("RateLimit")).isEqualTo("\"default\";r=4;t=60");

        flow.clock().advance(Duration.ofMillis(17_500));
        assertThat(caller.get("/v1/me").header("RateLimit")).isEqualTo("\"default\";r=3;t=43");
    }

    @Test
    void a_creation_tells_where_both_its_limits_stand() {
        Answer answer = draft(caller);
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"default\";q=5;w=60, \"post-creation\";q=2;w=60");
        assertThat(answer.header("RateLimit")).isEqualTo("\"default\";r=4;t=60, \"post-creation\";r=1;t=60");
    }

    @Test
    void what_is_over_the_limit_is_refused_until_exactly_when_it_is_told() {
        caller.get("/v1/me").expect(200);
        flow.clock().advance(Duration.ofMillis(12_345));
        for (int i = 0; i < 4; i++) {
            caller.get("/v1/me").expect(200);
        }
        Answer refused = caller.get("/v1/me").isProblem(429, "rate_limited");
        assertThat(refused.text("detail")).contains("5 default requests", "60 seconds");
        assertThat(refused.body().path("retryable").asBoolean()).isTrue();
        assertThat(refused.header("Retry-After")).isEqualTo("48");
        assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=0;t=48");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"default\";q=5;w=60");

        flow.clock().advance(Duration.ofSeconds(47));
        caller.get("/v1/me").isProblem(429, "rate_limited");
        flow.clock().advance(Duration.ofSeconds(1));
        caller.get("/v1/me").expect(200);
        caller.get("/v1/me").isProblem(429, "rate_limited");
    }

    @Test
    void a_creation_over_its_own_limit_counts_in_none() {
        draft(caller);
        flow.clock().advance(Duration.ofSeconds(10));
        draft(caller);
        for (int i = 0; i < 10; i++) {
            Answer refused = draft(caller).isProblem(429, "rate_limited");
            assertThat(refused.header("Retry-After")).isEqualTo("50");
            assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=3;t=50, \"post-creation\";r=0;t=50");
        }
        assertThat(caller.get("/v1/me").expect(200).header("RateLimit")).isEqualTo("\"default\";r=2;t=50");
    }

    @Test
    void two_full_limits_ask_for_the_later_one() {
        caller.get("/v1/me").expect(200);
        flow.clock().advance(Duration.ofSeconds(20));
        draft(caller);
        draft(caller);
        caller.get("/v1/me").expect(200);
        caller.get("/v1/me").expect(200);

        Answer refused = draft(caller).isProblem(429, "rate_limited");
        assertThat(refused.header("RateLimit")).isEqualTo("\"default\";r=0;t=40, \"post-creation\";r=0;t=60");
        assertThat(refused.header("Retry-After")).isEqualTo("60");
        flow.clock().advance(Duration.ofSeconds(59));
        draft(caller).isProblem(429, "rate_limited");
        flow.clock().advance(Duration.ofSeconds(1));
        assertThat(draft(caller).status()).isNotEqualTo(429);
    }

    @Test
    void what_is_refused_later_counts_and_tells() {
        TestCaller reader = flow.caller("posts:read");
        Answer forbidden = draft(reader).isProblem(403, "insufficient_scope");
        assertThat(forbidden.header("RateLimit")).isEqualTo("\"default\";r=4;t=60, \"post-creation\";r=1;t=60");
        Answer unreadable = reader.get("/v1/posts/7").isProblem(400, "invalid_parameter");
        assertThat(unreadable.header("RateLimit")).isEqualTo("\"default\";r=3;t=60");
        Answer unknown = reader.get("/v1/posts?unheardOf=1").expect(400);
        assertThat(unknown.header("RateLimit")).isEqualTo("\"default\";r=2;t=60");
    }

    @Test
    void a_replayed_answer_tells_where_the_limit_stands_now() {
        String channel = "{\"name\":\"Once\",\"provider\":\"sandbox\"}";
        caller.post("/v1/channels", channel, "Idempotency-Key", "once").expect(201);
        Answer again =
                caller.post("/v1/channels", channel, "Idempotency-Key", "once").expect(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.headers().allValues("RateLimit")).containsExactly("\"default\";r=3;t=60");
    }

    @Test
    void each_key_has_limits_of_its_own() {
        for (int i = 0; i < 5; i++) {
            caller.get("/v1/me").expect(200);
        }
        caller.get("/v1/me").expect(429);
        flow.caller().get("/v1/me").expect(200);
    }

    @Test
    void to_replace_a_key_is_to_create_one() {
        String id = caller.get("/v1/me").ok().at("/apiKey/id").asText();
        Answer rolled = caller.post("/v1/api-keys/" + id + "/roll", "{\"overlapSeconds\":60}")
                .expect(201);
        assertThat(rolled.header("RateLimit")).contains("\"api-key-creation\";r=0");
        caller.post("/v1/api-keys", "{\"name\":\"Another\"}").isProblem(429, "rate_limited");
    }

    @Test
    void health_documents_and_preflights_have_no_limit() {
        for (int i = 0; i < 10; i++) {
            assertThat(caller.get("/health/liveness").expect(200).header("RateLimit"))
                    .isEmpty();
            Answer document =
                    Wire.send(flow.port(), "GET /openapi.yaml HTTP/1.1", "Authorization: Bearer " + caller.key());
            assertThat(document.expect(200).header("RateLimit")).isEmpty();
            Wire.send(
                            flow.port(),
                            "OPTIONS /v1/posts HTTP/1.1",
                            "Authorization: Bearer " + caller.key(),
                            "Origin: http://localhost:3000",
                            "Access-Control-Request-Method: POST")
                    .expect(204);
        }
        assertThat(caller.get("/v1/me").header("RateLimit")).isEqualTo("\"default\";r=4;t=60");
    }

    @Test
    void a_caller_is_shown_the_limits_that_hold() {
        JsonNode me = caller.get("/v1/me").ok();
        assertThat(me.path("rateLimits").toString())
                .isEqualTo("{\"default\":5,\"postCreation\":2,\"webhookCreation\":0,\"apiKeyCreation\":1}");
        assertThat(me.path("apiKey").has("rateLimits")).isFalse();
    }
}
