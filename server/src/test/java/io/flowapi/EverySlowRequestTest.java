package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.HttpLimits;
import io.flowapi.testing.Answer;
import io.flowapi.testing.DocumentCheck;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RawExchange;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: a request that does not arrive whole in time is refused, whatever it is for. */
class EverySlowRequestTest {

    private static final Duration READ_MAX = Duration.ofMillis(100);
    private static final Duration OTHERS_MAX = Duration.ofSeconds(10);

    @RegisterExtension
    static final Flow flow = new Flow(new HttpLimits(100, 100, READ_MAX, OTHERS_MAX, OTHERS_MAX));

    private final TestCaller caller = flow.caller();

    @TestFactory
    Stream<DynamicTest> refuses_a_head_without_an_end() {
        return refuses("X-Any: 1\r\n");
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_body_without_an_end() {
        return refuses("Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{}");
    }

    private Stream<DynamicTest> refuses(String rest) {
        return Documented.OPERATIONS.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    String target = operation.target(UNKNOWN);
                    String bytes = operation.method() + " " + target + " HTTP/1.1\r\nHost: flow.test\r\n"
                            + "Authorization: Bearer " + caller.key() + "\r\n" + rest;
                    RawExchange came = flow.unchangedBy(() -> RawExchange.of(flow.port(), bytes.getBytes(US_ASCII)));

                    assertThat(came.answers()).hasSize(1);
                    assertThat(came.closed()).isTrue();
                    Answer answer = came.answers().getFirst();
                    answer.isProblem(408, "request_timeout");
                    DocumentCheck.check(operation.method(), target, answer);
                }));
    }
}
