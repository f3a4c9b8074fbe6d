package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys with limits of their own, where others may make a hundred requests a minute and create no more than thirty posts. */
class KeyLimitsTest {

    @RegisterExtension
    static final Flow flow = new Flow(Map.of("FLOW_RATE_LIMIT_DEFAULT", "100", "FLOW_RATE_LIMIT_POST_CREATION", "30"));

    private final TestCaller caller = flow.caller();

    @BeforeAll
    static void addUser() {
        flow("users", "add", "kim");
    }

    private static Shell.Output flow(String... arguments) {
        return new Shell(flow.environment()).flow(arguments);
    }

    private static TestCaller operatorsKey(String limits) {
        Shell.Output made = flow("keys", "create", "--user", "kim", "--name", "own", "--rate-limit", limits);
        return flow.nobody().withKey(made.out().strip());
    }

    private static Answer create(TestCaller caller, String limits) {
        return caller.post("/v1/api-keys", "{\"name\":\"Own\",\"rateLimits\":" + limits + "}");
    }

    @Test
    void the_operator_gives_a_key_more_than_others_have() {
        TestCaller own = operatorsKey("default=500, post-creation=0");
        Answer me = own.get("/v1/me").expect(200);
        assertThat(me.header("RateLimit-Policy")).isEqualTo("\"default\";q=500;w=60");
        assertThat(me.body().path("rateLimits").toString())
                .isEqualTo("{\"default\":500,\"postCreation\":0,\"webhookCreation\":0,\"apiKeyCreation\":0}");
        assertThat(me.body().at("/apiKey/rateLimits").toString()).isEqualTo("{\"default\":500,\"postCreation\":0}");
        assertThat(own.post("/v1/posts", "{}").header("RateLimit-Policy")).isEqualTo("\"default\";q=500;w=60");
        assertThat(flow("keys", "list", "--user", "kim", "--json").out())
                .contains("\"rateLimits\":{\"default\":500,\"postCreation\":0}");
    }

    @Test
    void a_key_without_any_limit_is_told_of_none() {
        Answer me = operatorsKey("default=0").get("/v1/me").expect(200);
        assertThat(me.header("RateLimit")).isEmpty();
        assertThat(me.header("RateLimit-Policy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "default=",
                "default=-1",
                "default=1000001",
                "default=1.5",
                "default=99999999999",
                "default=1,default=2",
                "default=1,",
                "posts=1",
                "failed-authentication=1"
            })
    void the_operator_is_told_what_is_no_limit(String wrong) {
        Shell.Output refused = flow("keys", "create", "--user", "kim", "--name", "own", "--rate-limit", wrong);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("rate limit");
    }

    @Test
    void a_key_gives_another_what_it_has_itself_or_less() {
        Answer made = create(caller, "{\"default\":2}").expect(201);
        assertThat(made.body().path("rateLimits").toString()).isEqualTo("{\"default\":2}");
        String shown = "/v1/api-keys/" + made.text("id");
        assertThat(caller.get(shown).ok().path("rateLimits").toString()).isEqualTo("{\"default\":2}");
        assertThat(caller.get("/v1/api-keys").ok().path("data"))
                .extracting(key -> key.path("rateLimits").toString())
                .containsExactlyInAnyOrder("", "{\"default\":2}");

        TestCaller limited = caller.withKey(made.text("secret"));
        limited.get("/v1/me").expect(200);
        limited.get("/v1/me").expect(200);
        limited.get("/v1/me").isProblem(429, "rate_limited");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"default\":101}; #/rateLimits/default limit_not_held",
                "{\"default\":0}; #/rateLimits/default limit_not_held",
                "{\"postCreation\":31}; #/rateLimits/postCreation limit_not_held",
                "{\"default\":-1}; #/rateLimits/default out_of_range",
                "{\"default\":1000001}; #/rateLimits/default out_of_range",
                "{\"default\":\"1\"}; #/rateLimits/default wrong_type",
                "{\"unheardOf\":1}; #/rateLimits/unheardOf unknown_field"
            })
    void a_key_cannot_give_more_than_it_has(String limits, String error) {
        Answer refused = flow.unchanged(() -> create(caller, limits));
        refused.isProblem(422, "validation_failed", error);
    }

    @Test
    void a_key_without_a_limit_can_give_any() {
        TestCaller own = operatorsKey("default=0");
        create(own, "{\"default\":0}").expect(201);
        create(own, "{\"default\":1000000}").expect(201);
    }

    @Test
    void what_is_not_said_is_as_the_creating_key_has_it() {
        TestCaller own = operatorsKey("default=7,post-creation=3");
        Answer made = create(own, "{\"postCreation\":2}").expect(201);
        assertThat(made.body().path("rateLimits").toString()).isEqualTo("{\"default\":7,\"postCreation\":2}");
    }

    @Test
    void a_replaced_key_keeps_its_limits() {
        TestCaller own = operatorsKey("default=7");
        String id = own.get("/v1/me").ok().at("/apiKey/id").asText();
        Answer rolled = own.post("/v1/api-keys/" + id + "/roll", "{}").expect(201);
        assertThat(rolled.body().path("rateLimits").toString()).isEqualTo("{\"default\":7}");
        assertThat(own.withKey(rolled.text("secret")).get("/v1/me").header("RateLimit-Policy"))
                .isEqualTo("\"default\";q=7;w=60");
    }

    @Test
    void a_key_cannot_come_by_more_than_it_has_by_replacing_another() {
        String more =
                operatorsKey("default=500").get("/v1/me").ok().at("/apiKey/id").asText();
        TestCaller less = operatorsKey("default=7");
        Answer refused = flow.unchanged(() -> less.post("/v1/api-keys/" + more + "/roll", "{}"));
        refused.isProblem(422, "validation_failed", "# limit_not_held");
    }

    @Test
    void a_key_cannot_come_by_more_than_it_has_by_repeating_the_request_of_another() {
        String body = "{\"name\":\"Twin\"}";
        operatorsKey("default=500")
                .post("/v1/api-keys", body, "Idempotency-Key", "twin")
                .expect(201);
        operatorsKey("default=7")
                .post("/v1/api-keys", body, "Idempotency-Key", "twin")
                .isProblem(422, "idempotency_key_reused");
    }

    @Test
    void the_console_says_the_limits_of_a_new_key() {
        JsonNode made = flow("keys", "create", "--user", "kim", "--name", "own", "--json", "--rate-limit", "default=9")
                .json()
                .getFirst();
        assertThat(made.path("rateLimits").toString()).isEqualTo("{\"default\":9}");
    }
}
