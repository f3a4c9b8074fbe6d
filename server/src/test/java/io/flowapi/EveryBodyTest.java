package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: what its schemas say of bodies is held, field by field, before any id is looked up. */
class EveryBodyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller caller = flow.caller();

    @TestFactory
    Stream<DynamicTest> refuses_an_unknown_field() {
        return each(Documented::hasBody, operation -> {
            ObjectNode body = body(operation).put("unheardOf", 1);
            refused(operation, body, "#/unheardOf unknown_field");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_body_without_a_required_field() {
        return each(
                Documented::hasBody,
                operation -> operation.schema().path("required").forEach(field -> {
                    ObjectNode body = body(operation).without(field.asText());
                    refused(operation, body, "#/" + field.asText() + " required");
                }));
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_field_of_another_type() {
        return each(Documented::hasBody, operation -> {
            for (Map.Entry<String, JsonNode> field :
                    operation.schema().path("properties").properties()) {
                String type = Documented.resolved(field.getValue()).path("type").asText();
                ObjectNode body = body(operation);
                JsonNode other = type.equals("boolean") ? body.textNode("true") : body.booleanNode(true);
                refused(operation, body.set(field.getKey(), other), "#/" + field.getKey() + " wrong_type");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_null_where_the_document_does_not_allow_it() {
        return each(Documented::hasBody, operation -> {
            for (Map.Entry<String, JsonNode> field :
                    operation.schema().path("properties").properties()) {
                if (!Documented.resolved(field.getValue()).path("nullable").asBoolean()) {
                    refused(operation, body(operation).putNull(field.getKey()), "#/" + field.getKey() + " wrong_type");
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_what_is_no_object() {
        return each(
                Documented::hasBody,
                operation -> refused(operation, body(operation).arrayNode(), "# wrong_type"));
    }

    private void refused(Documented operation, JsonNode body, String reason) {
        Answer answer = flow.unchanged(() -> send(
                caller, operation, operation.target(UNKNOWN), body.toString().getBytes(UTF_8)));
        answer.isProblem(422, "validation_failed");
        assertThat(answer.errors()).as(body.toString()).contains(reason);
    }

    private static ObjectNode body(Documented operation) {
        return operation.shortestExample();
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_body_that_is_cut_off() {
        return each(Documented::hasBody, operation -> {
            byte[] whole = operation.example();
            byte[] cut = Arrays.copyOf(whole, whole.length - 1);
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN), cut));
            answer.isProblem(400, "malformed_json");
        });
    }

    @TestFactory
    Stream<DynamicTest> refuses_another_content_type_and_says_which_it_takes() {
        return each(Documented::hasBody, operation -> {
            Answer answer = flow.unchanged(() -> caller.sendJson(
                    operation.method(), operation.target(UNKNOWN), new byte[] {'x'}, "Content-Type", "text/plain"));
            answer.isProblem(415, "unsupported_media_type");
            assertThat(answer.header("Accept")).contains("application/json");
        });
    }
}
