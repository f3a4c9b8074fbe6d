package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import io.flowapi.testing.TestCaller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: ids that are not the caller's are not there, and paths take their methods only. */
class EveryPathTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> does_not_find_an_unknown_id() {
        TestCaller caller = flow.caller();
        return each(Documented::hasId, operation -> {
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN)));
            answer.isProblem(404, "not_found");
        });
    }

    /** Whatever it answers with: also where there is nothing to say but problems. */
    @TestFactory
    Stream<DynamicTest> takes_a_client_that_takes_json() {
        TestCaller caller = flow.caller();
        return each(
                operation -> true,
                operation -> assertThat(send(caller, operation, operation.target(UNKNOWN), "Accept", "application/json")
                                .status())
                        .isNotEqualTo(406));
    }

    @TestFactory
    Stream<DynamicTest> does_not_tell_another_users_ids_from_unknown_ones() {
        Resources alices = Resources.of(flow, flow.caller());
        TestCaller bob = flow.caller();
        Resources bobs = Resources.of(flow, bob);
        return each(Documented::hasId, operation -> areUnknown(operation, bob, bobs, alices));
    }

    @TestFactory
    Stream<DynamicTest> does_not_tell_the_other_modes_ids_from_unknown_ones() {
        Flow.TestUser alice = flow.user();
        TestCaller live = alice.key(Mode.LIVE);
        Resources own = Resources.of(flow, live);
        Resources others = Resources.of(flow, alice.key(Mode.TEST));
        return each(Documented::hasId, operation -> areUnknown(operation, live, own, others));
    }

    /** Each id of the path in turn is not the caller's, while the rest are. */
    private static void areUnknown(Documented operation, TestCaller caller, Resources own, Resources others) {
        for (JsonNode parameter : operation.parameters("path")) {
            String foreign = parameter.path("name").asText();
            Answer known = withId(operation, caller, own, foreign, others.id(foreign));
            Answer unknown = withId(operation, caller, own, foreign, UNKNOWN);

            known.isProblem(404, "not_found");
            assertThat(comparable(known)).isEqualTo(comparable(unknown));
            assertThat(headers(known)).isEqualTo(headers(unknown));
        }
    }

    private static Answer withId(Documented operation, TestCaller caller, Resources own, String parameter, String id) {
        String target = operation.target(name -> name.equals(parameter) ? id : own.id(name));
        byte[] body = operation.hasBody() ? own.body(operation.shortestExample()) : new byte[0];
        return flow.unchanged(() -> send(caller, operation, target, body));
    }

    private static String comparable(Answer answer) {
        ObjectNode problem = (ObjectNode) answer.body();
        problem.remove(List.of("requestId", "instance"));
        return problem.toString();
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers().map());
        headers.keySet().removeAll(List.of("X-Request-Id", "Date"));
        return headers;
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_malformed_id() {
        TestCaller caller = flow.caller();
        return each(Documented::hasId, operation -> {
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target("7")));
            answer.isProblem(400, "invalid_parameter");
            assertThat(answer.errors())
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).endsWith("Id wrong_format"));
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_an_unknown_query_parameter() {
        TestCaller caller = flow.caller();
        return each(Documented::secured, operation -> {
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN) + "?unheardOf=1"));
            answer.isProblem(400, "invalid_parameter", "unheardOf unknown_parameter");
        });
    }

    @TestFactory
    Stream<DynamicTest> tells_the_methods_of_its_path() {
        return each(_ -> true, operation -> {
            Answer answer = flow.nobody().send("PUT", operation.target(UNKNOWN));
            answer.isProblem(405, "method_not_allowed");
            assertThat(answer.header("Allow")).isEqualTo(Documented.methods(operation.path()));
        });
    }
}
