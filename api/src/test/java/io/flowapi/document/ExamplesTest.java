package io.flowapi.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    private static final Bundled BUNDLED = Bundled.read();

    static Stream<Arguments> examples() {
        return BUNDLED.document().findParents("schema").stream()
                .filter(body -> body.has("examples"))
                .flatMap(body -> body.path("examples").properties().stream()
                        .map(example -> Arguments.of(reference(body.path("schema")), reference(example.getValue()))));
    }

    private static String reference(JsonNode node) {
        return node.path("$ref").asText();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void fits_its_schema(String schema, String example) {
        JsonNode document = BUNDLED.document();
        JsonNode value = document.at(example.substring(1)).path("value");

        assertThat(Violations.of(value, document.at(schema.substring(1)), document))
                .isEmpty();
    }

    @Test
    void does_not_fit_when_it_is_wrong() {
        JsonNode document = BUNDLED.document();
        ObjectNode post = document.at("/components/examples/post/value").deepCopy();

        post.put("status", "lost")
                .put("version", 0)
                .put("mood", "good")
                .put("createdAt", "today")
                .remove("id");

        assertThat(Violations.of(post, document.at("/components/schemas/Post"), document))
                .extracting(violation -> violation.split(" ")[0])
                .containsOnly("", "/status", "/version", "/mood", "/createdAt");
    }

    @Test
    void exists_for_every_body_of_a_success() {
        Set<String> without = new TreeSet<>();

        for (Bundled.Operation operation : BUNDLED.operations()) {
            List<JsonNode> bodies = Stream.of(
                            operation.content().path("requestBody"),
                            operation.content().at("/responses/200"),
                            operation.content().at("/responses/201"))
                    .flatMap(part -> part.findParents("schema").stream())
                    .filter(body -> !body.has("in") && !body.has("examples"))
                    .toList();
            if (!bodies.isEmpty()) {
                without.add(operation.place());
            }
        }

        assertThat(without).isEmpty();
    }
}
