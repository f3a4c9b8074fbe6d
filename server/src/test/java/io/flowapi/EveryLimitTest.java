package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: what is too large or cannot be read is refused before anybody asks whose key it is. */
class EveryLimitTest {

    private static final int BODY_BYTES_MAX = 1_048_576;
    private static final int QUERY_BYTES_MAX = 1024;
    private static final int HEADER_BYTES_TOO_MANY = 20_000;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller caller = flow.caller();

    @TestFactory
    Stream<DynamicTest> refuses_a_body_over_its_limit() {
        return refuses(target -> target, "Content-Length: " + (BODY_BYTES_MAX + 1), 413, "body_too_large");
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_query_over_its_limit() {
        return refuses(target -> target + "?" + "x".repeat(QUERY_BYTES_MAX + 1), "X-Any: 1", 414, "target_too_long");
    }

    @TestFactory
    Stream<DynamicTest> refuses_headers_over_their_limit() {
        return each(_ -> true, operation -> {
            Answer answer = flow.unchanged(() -> caller.sendHead(
                    operation.method(), operation.target(UNKNOWN), "X-Long: " + "x".repeat(HEADER_BYTES_TOO_MANY)));
            answer.isProblem(431, "headers_too_large");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_an_encoded_nul() {
        return refuses(target -> target + "?a=%00", "X-Any: 1", 400, "malformed_request");
    }

    private Stream<DynamicTest> refuses(Function<String, String> target, String header, int status, String code) {
        return each(_ -> true, operation -> {
            Answer answer = flow.unchanged(
                    () -> caller.sendHead(operation.method(), target.apply(operation.target(UNKNOWN)), header));
            answer.isProblem(status, code);
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_an_accept_without_json() {
        return each(Documented::secured, operation -> {
            Answer answer =
                    flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN), "Accept", "text/csv"));
            answer.isProblem(406, "not_acceptable");
            assertThat(answer.text("detail")).contains("application/json");
        });
    }
}
