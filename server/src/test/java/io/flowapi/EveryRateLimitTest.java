package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document with keys that may make two requests a minute. */
class EveryRateLimitTest {

    @RegisterExtension
    static final Flow flow = new Flow(Map.of(
            "FLOW_RATE_LIMIT_DEFAULT", "2",
            "FLOW_RATE_LIMIT_POST_CREATION", "1",
            "FLOW_RATE_LIMIT_WEBHOOK_CREATION", "1",
            "FLOW_RATE_LIMIT_API_KEY_CREATION", "1"));

    @TestFactory
    Stream<DynamicTest> is_refused_over_the_limit_after_401_and_before_403() {
        return each(Documented::secured, operation -> {
            TestCaller caller = flow.caller(other(operation));
            Answer counted = send(caller, operation, operation.target(UNKNOWN));
            assertThat(counted.status()).as(counted.text()).isNotEqualTo(429);
            assertThat(counted.header("RateLimit")).startsWith("\"default\";r=1;t=60");
            caller.get("/v1/me").expect(200);

            Answer refused = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN)));
            refused.isProblem(429, "rate_limited");
            assertThat(refused.header("Retry-After")).isEqualTo("60");
            assertThat(refused.header("RateLimit")).startsWith("\"default\";r=0;t=60");
            assertThat(refused.header("RateLimit-Policy")).startsWith("\"default\";q=2;w=60");
            send(flow.nobody(), operation, operation.target(UNKNOWN)).isProblem(401, "missing_api_key");
        });
    }

    /** A scope that does not let it do the operation. */
    private static String other(Documented operation) {
        return operation.scope().equals("posts:read") ? "posts:write" : "posts:read";
    }

    @TestFactory
    Stream<DynamicTest> counts_a_creation_in_its_own_class_too() {
        return each(operation -> !operation.rateLimit().isEmpty(), operation -> {
            TestCaller caller = flow.caller();
            Answer counted = send(caller, operation, operation.target(UNKNOWN));
            assertThat(counted.header("RateLimit-Policy"))
                    .isEqualTo("\"default\";q=2;w=60, \"" + operation.rateLimit() + "\";q=1;w=60");
            send(caller, operation, operation.target(UNKNOWN)).isProblem(429, "rate_limited");
            caller.get("/v1/me").expect(200);
        });
    }

    @Test
    void counts_these_as_creations_and_nothing_else() {
        Map<String, String> classes = new TreeMap<>();
        Documented.OPERATIONS.stream()
                .filter(operation -> !operation.rateLimit().isEmpty())
                .forEach(operation -> classes.put(operation.id(), operation.rateLimit()));

        assertThat(classes)
                .isEqualTo(Map.of(
                        "createPost", "post-creation",
                        "createWebhook", "webhook-creation",
                        "createApiKey", "api-key-creation",
                        "rollApiKey", "api-key-creation"));
    }

    @TestFactory
    Stream<DynamicTest> declares_where_the_limits_stand() {
        return each(
                Documented::secured,
                operation -> operation.statuses().stream()
                        .filter(status -> !List.of(401, 408, 413, 414, 431).contains(status))
                        .forEach(status -> {
                            assertThat(operation.declaresHeader(status, "RateLimit"))
                                    .isTrue();
                            assertThat(operation.declaresHeader(status, "RateLimit-Policy"))
                                    .isTrue();
                        }));
    }
}
