package io.flowapi.contracts;

import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.AuthenticationException;
import io.flowapi.client.RateLimitException;
import io.flowapi.client.model.CallerIdentity;
import io.flowapi.client.model.Mode;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.Scope;
import org.junit.jupiter.api.Test;

class CallerConsumerTest {

    @Test
    void reads_who_it_is() {
        given("an API key")
                .get("getCaller", "/v1/me")
                .answers(200, body -> {
                    body.object("user", user -> {
                        user.uuid("id", ID);
                        user.stringType("name", "alice");
                    });
                    body.object("apiKey", Bodies::apiKey);
                    body.object("rateLimits", limits -> limits.integerType("default", 100));
                })
                .to(flow -> {
                    CallerIdentity caller = flow.caller().getCaller();
                    assertThat(caller.apiKey().mode()).isEqualTo(Mode.TEST);
                    assertThat(caller.apiKey().scopes()).contains(Scope.POSTS_READ);
                    assertThat(caller.rateLimits().defaultClass()).isNotNull();
                });
    }

    @Test
    void is_told_when_to_come_back() {
        given("an API key that has made all its requests of this minute")
                .get("getCaller over the limit", "/v1/me")
                .refuses(429, ProblemCode.RATE_LIMITED)
                .to(RateLimitException.class, flow -> flow.caller().getCaller());
    }

    @Test
    void is_told_that_its_key_is_unknown() {
        given("an API key that nobody was given")
                .get("getCaller with an unknown key", "/v1/me")
                .refuses(401, ProblemCode.INVALID_API_KEY)
                .to(AuthenticationException.class, flow -> flow.caller().getCaller());
    }
}
