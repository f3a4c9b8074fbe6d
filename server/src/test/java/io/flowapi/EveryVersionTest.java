package io.flowapi;

import static io.flowapi.testing.EachOperation.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: what has a version says so, and is changed only as the version that the caller has seen. */
class EveryVersionTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> tells_the_version_where_the_document_says_so() {
        return each(_ -> true, operation -> {
            Answer done = Resources.of(flow, flow.caller())
                    .attempts(operation)
                    .map(Resources.Attempt::send)
                    .filter(answer -> answer.status() < 300)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(operation + " succeeds with no example and no resource"));
            boolean declared = operation.declaresHeader(done.status(), "ETag");
            assertThat(done.header("ETag"))
                    .isEqualTo(declared ? "\"" + done.body().path("version").asText() + "\"" : "");
            assertThat(done.header("Location").isEmpty()).isEqualTo(done.status() != 201);
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_stale_version_and_tells_the_present_one() {
        return each(EveryVersionTest::takesIfMatch, operation -> {
            Resources.Attempt attempt = attempt(operation);
            Answer stale = flow.unchanged(() -> attempt.send("If-Match", "\"4711\""));
            stale.isProblem(412, "precondition_failed");
            String present = stale.header("ETag");
            assertThat(present).matches("\"\\d+\"");
            assertThat(attempt.succeeds("If-Match", present)).isTrue();
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_version_that_cannot_be_read() {
        return each(EveryVersionTest::takesIfMatch, operation -> {
            Resources.Attempt attempt = attempt(operation);
            for (String malformed : new String[] {"1", "\"1", "\"1\" \"2\"", "W/1"}) {
                Answer answer = flow.unchanged(() -> attempt.send("If-Match", malformed));
                answer.isProblem(400, "invalid_parameter", "If-Match wrong_format");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> takes_if_match_exactly_where_it_can_answer_412() {
        return each(_ -> true, operation -> assertThat(operation.declares(412)).isEqualTo(takesIfMatch(operation)));
    }

    private static boolean takesIfMatch(Documented operation) {
        return operation.takesHeader("If-Match");
    }

    private static Resources.Attempt attempt(Documented operation) {
        return Resources.of(flow, flow.caller()).attempts(operation).findFirst().orElseThrow();
    }
}
