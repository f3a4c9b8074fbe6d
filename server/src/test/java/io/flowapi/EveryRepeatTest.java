package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import io.flowapi.testing.TestCaller;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks the document: every POST can be repeated with its Idempotency-Key. */
class EveryRepeatTest {

    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> every_post_takes_a_key_and_nothing_else_does() {
        return each(
                _ -> true, operation -> assertThat(operation.takesHeader(KEY)).isEqualTo(operation.isPost()));
    }

    @TestFactory
    Stream<DynamicTest> gives_the_first_answer_again() {
        return each(Documented::isPost, operation -> {
            TestCaller caller = flow.caller();
            Resources.Attempt done = succeeded(caller, operation);
            Answer again = flow.unchanged(() -> done.send(KEY, key(done)));
            Answer onceMore = flow.unchanged(() -> done.send(KEY, key(done)));

            assertThat(again.status()).as(again.text()).isBetween(200, 299);
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(onceMore.text()).isEqualTo(again.text());
            assertThat(onceMore.header("Location")).isEqualTo(again.header("Location"));
            assertThat(onceMore.header("ETag")).isEqualTo(again.header("ETag"));
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_the_key_of_another_request() {
        return each(Documented::isPost, operation -> {
            TestCaller caller = flow.caller();
            caller.post("/v1/channels", "{\"name\":\"First\",\"provider\":\"sandbox\"}", KEY, "of-another")
                    .expect(201);
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN), KEY, "of-another"));
            answer.isProblem(422, "idempotency_key_reused");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_the_key_of_the_same_request_with_another_body() {
        return each(operation -> operation.isPost() && operation.hasBody(), operation -> {
            Resources.Attempt done = succeeded(flow.caller(), operation);
            byte[] other = Arrays.copyOf(done.body(), done.body().length + 1);
            other[done.body().length] = ' ';
            Answer answer = flow.unchanged(() -> send(done.caller(), operation, done.target(), other, KEY, key(done)));
            answer.isProblem(422, "idempotency_key_reused");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_malformed_key() {
        TestCaller caller = flow.caller();
        return each(Documented::isPost, operation -> {
            for (String malformed : new String[] {"a b", "\"", "k".repeat(256)}) {
                Answer answer =
                        flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN), KEY, malformed));
                answer.isProblem(400, "invalid_parameter");
                assertThat(answer.errors())
                        .allSatisfy(error -> assertThat(error).startsWith(KEY));
            }
        });
    }

    /** Only what calls out commits its key before its work; in a test nothing calls out long enough to be met. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/channels", "/v1/posts/validate"})
    void tells_a_twin_that_the_first_is_still_at_work(String path) {
        TestCaller caller = flow.caller();
        Resources.Attempt done = succeeded(caller, Documented.of("POST", path).orElseThrow());
        flow.installation().database().write(tx -> tx.execute("update idempotency_keys set answer = null"));

        Answer twin = flow.unchanged(() -> done.send(KEY, key(done)));

        twin.isProblem(409, "idempotency_in_progress");
        assertThat(twin.header("Retry-After")).isEqualTo("1");
    }

    /** Resources in every state, and the first attempt that they let pass. */
    private static Resources.Attempt succeeded(TestCaller caller, Documented operation) {
        return Resources.of(flow, caller)
                .attempts(operation)
                .filter(attempt -> attempt.succeeds(KEY, key(attempt)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " succeeds with no example and no resource"));
    }

    /** One for each attempt. */
    private static String key(Resources.Attempt attempt) {
        return UUID.nameUUIDFromBytes((attempt.target() + new String(attempt.body(), UTF_8)).getBytes(UTF_8))
                .toString();
    }
}
