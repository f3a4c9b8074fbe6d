package io.flowapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.CallerApi;
import io.flowapi.api.ChannelsApi;
import io.flowapi.api.HealthApi;
import io.flowapi.api.PostsApi;
import io.flowapi.api.model.Scope;
import io.flowapi.installation.Build;
import io.flowapi.platform.http.Operation;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: what holds for every operation cannot be forgotten for a new one. */
class EveryOperationTest {

    private static final String UNKNOWN = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10";
    private static final List<Documented> OPERATIONS = documented();

    @RegisterExtension
    static final Flow flow = new Flow();

    /** @param example a body that fits the schema, missing where none is wanted */
    private record Documented(String method, String path, String id, boolean secured, String scope, JsonNode example) {

        String target(String id) {
            return path.replaceAll("\\{[^}]+}", id);
        }

        boolean hasId() {
            return path.contains("{");
        }

        boolean hasBody() {
            return !example.isMissingNode();
        }

        Answer send(TestCaller caller, String target) {
            return hasBody() ? sendBody(caller, target, "application/json") : caller.send(method, target);
        }

        Answer sendBody(TestCaller caller, String target, String type) {
            return caller.send(method, target, example.toString().getBytes(UTF_8), "Content-Type", type);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    @TestFactory
    Stream<DynamicTest> needs_a_key() {
        return each(Documented::secured, operation -> {
            Answer answer = flow.unchanged(() -> operation.send(flow.nobody(), operation.target(UNKNOWN)));
            answer.isProblem(401, "missing_api_key");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_key_that_has_every_scope_but_its_own() {
        return each(operation -> !operation.scope.isEmpty(), operation -> {
            String[] others = Arrays.stream(Scope.values())
                    .map(Scope::value)
                    .filter(scope -> !scope.equals(operation.scope))
                    .toArray(String[]::new);
            TestCaller caller = flow.caller(others);
            Answer answer = flow.unchanged(() -> operation.send(caller, operation.target(UNKNOWN)));
            answer.isProblem(403, "insufficient_scope");
        });
    }

    @TestFactory
    Stream<DynamicTest> needs_no_other_scope() {
        return each(operation -> !operation.scope.isEmpty(), operation -> {
            Answer answer = operation.send(flow.caller(operation.scope), operation.target(UNKNOWN));
            assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 404, 422);
        });
    }

    @TestFactory
    Stream<DynamicTest> does_not_find_an_unknown_id() {
        return each(Documented::hasId, operation -> {
            TestCaller caller = flow.caller();
            Answer answer = flow.unchanged(() -> operation.send(caller, operation.target(UNKNOWN)));
            answer.isProblem(404, "not_found");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_malformed_id() {
        return each(Documented::hasId, operation -> {
            TestCaller caller = flow.caller();
            Answer answer = flow.unchanged(() -> operation.send(caller, operation.target("7")));
            answer.isProblem(400, "invalid_parameter");
            assertThat(answer.errors()).singleElement().asString().endsWith("Id wrong_format");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_an_unknown_query_parameter() {
        return each(Documented::secured, operation -> {
            TestCaller caller = flow.caller();
            Answer answer = flow.unchanged(() -> operation.send(caller, operation.target(UNKNOWN) + "?unheardOf=1"));
            answer.isProblem(400, "invalid_parameter", "unheardOf unknown_parameter");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_another_content_type() {
        return each(Documented::hasBody, operation -> {
            TestCaller caller = flow.caller();
            Answer answer = flow.unchanged(() -> operation.sendBody(caller, operation.target(UNKNOWN), "text/plain"));
            answer.isProblem(415, "unsupported_media_type");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_an_accept_without_json() {
        return each(operation -> operation.secured && !operation.method.equals("DELETE"), operation -> {
            TestCaller caller = flow.caller();
            Answer answer = flow.unchanged(() -> caller.send(
                    operation.method,
                    operation.target(UNKNOWN),
                    operation.hasBody() ? operation.example.toString().getBytes(UTF_8) : new byte[0],
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "text/csv"));
            answer.isProblem(406, "not_acceptable");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_body_that_is_cut_off() {
        return each(Documented::hasBody, operation -> {
            TestCaller caller = flow.caller();
            byte[] whole = operation.example.toString().getBytes(UTF_8);
            Answer answer = flow.unchanged(() -> caller.send(
                    operation.method,
                    operation.target(UNKNOWN),
                    Arrays.copyOf(whole, whole.length - 1),
                    "Content-Type",
                    "application/json"));
            answer.isProblem(400, "malformed_json");
        });
    }

    @TestFactory
    Stream<DynamicTest> tells_the_methods_of_its_path() {
        Map<String, List<Documented>> paths = OPERATIONS.stream().collect(groupingBy(Documented::path));
        return paths.entrySet().stream()
                .map(path -> dynamicTest(path.getKey(), () -> {
                    String allowed = path.getValue().stream()
                            .map(Documented::method)
                            .sorted()
                            .collect(joining(", "));
                    Answer answer =
                            flow.nobody().send("PUT", path.getValue().getFirst().target(UNKNOWN));
                    answer.isProblem(405, "method_not_allowed");
                    assertThat(answer.header("Allow")).isEqualTo(allowed);
                }));
    }

    @Test
    void the_code_has_the_operations_of_the_document_and_no_others() {
        List<Operation> registered = Stream.of(
                        HealthApi.operations(null),
                        CallerApi.operations(null),
                        ApiKeysApi.operations(null),
                        ChannelsApi.operations(null),
                        PostsApi.operations(null))
                .flatMap(List::stream)
                .toList();

        assertThat(registered.stream()
                        .map(operation -> operation.id() + " " + operation.method() + " "
                                + operation.path() + " " + operation.authenticated() + " "
                                + (operation.scope() == null
                                        ? ""
                                        : operation.scope().value())))
                .containsExactlyInAnyOrderElementsOf(OPERATIONS.stream()
                        .map(operation -> operation.id + " " + operation.method + " " + operation.path + " "
                                + operation.secured + " " + operation.scope)
                        .toList());
    }

    private static Stream<DynamicTest> each(Predicate<Documented> which, Consumer<Documented> test) {
        return OPERATIONS.stream()
                .filter(which)
                .map(operation -> dynamicTest(operation.id, () -> test.accept(operation)));
    }

    private static List<Documented> documented() {
        JsonNode document = document();
        List<Documented> found = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    found.add(new Documented(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.path("operationId").asText(),
                            !operation.path("security").isEmpty(),
                            operation.path("x-scope").asText(),
                            example(document, operation)));
                }));
        return found;
    }

    private static JsonNode example(JsonNode document, JsonNode operation) {
        for (JsonNode type : operation.at("/requestBody/content")) {
            for (JsonNode example : type.path("examples")) {
                return document.at(example.path("$ref").asText().substring(1)).path("value");
            }
        }
        assertThat(operation.has("requestBody"))
                .as(operation + " has no example")
                .isFalse();
        return MissingNode.getInstance();
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Build.document());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
