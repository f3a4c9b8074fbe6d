package io.flowapi.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private static final Path RELEASED = Path.of("src/test/resources/fixture/openapi.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void lets_an_unchanged_document_pass() throws IOException {
        assertThat(after(document -> {})).isEmpty();
    }

    @Test
    void sees_a_new_required_property() throws IOException {
        Optional<String> broken = after(document -> {
            properties(document, "CreateKiteRequest").putObject("weight").put("type", "integer");
            schema(document, "CreateKiteRequest").withArray("required").add("weight");
        });

        assertThat(broken).get().asString().contains("weight");
    }

    @Test
    void sees_an_optional_property_that_became_required() throws IOException {
        Optional<String> broken = after(document -> {
            ArrayNode required = schema(document, "CreateKiteRequest").withArray("required");
            required.removeAll();
            properties(document, "CreateKiteRequest").fieldNames().forEachRemaining(required::add);
        });

        assertThat(broken).isPresent();
    }

    @Test
    void sees_a_narrowed_bound() throws IOException {
        Optional<String> broken = after(document ->
                ((ObjectNode) document.at("/components/parameters/IdempotencyKey/schema")).put("maxLength", 254));

        assertThat(broken).get().asString().contains("Idempotency-Key");
    }

    @Test
    void sees_a_narrowed_bound_in_a_body() throws IOException {
        Optional<String> broken = after(document ->
                properties(document, "CreateKiteRequest").withObject("name").put("maxLength", 1));

        assertThat(broken).get().asString().contains("name");
    }

    @Test
    void sees_a_removed_property() throws IOException {
        Optional<String> broken = after(document -> {
            properties(document, "Kite").remove("colour");
            schema(document, "Kite").remove("required");
        });

        assertThat(broken).get().asString().contains("colour");
    }

    @Test
    void sees_a_removed_enum_value() throws IOException {
        Optional<String> broken =
                after(document -> schema(document, "Colour").withArray("enum").remove(0));

        assertThat(broken).get().asString().contains("red");
    }

    @Test
    void sees_a_removed_operation() throws IOException {
        Optional<String> broken =
                after(document -> ((ObjectNode) document.path("paths").path("/v1/kites/{kiteId}")).remove("delete"));

        assertThat(broken).get().asString().contains("DELETE", "/v1/kites/{kiteId}");
    }

    @Test
    void lets_additions_pass() throws IOException {
        Optional<String> broken = after(document -> {
            properties(document, "Kite").putObject("weight").put("type", "integer");
            properties(document, "CreateKiteRequest").putObject("weight").put("type", "integer");
            schema(document, "Colour").withArray("enum").add("ultraviolet");
            ObjectNode paths = document.withObject("paths");
            paths.set("/v1/storm", paths.path("/weather").deepCopy());
        });

        assertThat(broken).isEmpty();
    }

    private static Optional<String> after(Consumer<ObjectNode> change) throws IOException {
        ObjectNode document = (ObjectNode) YAML.readTree(RELEASED.toFile());
        change.accept(document);
        return Compatibility.broken(Files.readString(RELEASED), YAML.writeValueAsString(document));
    }

    private static ObjectNode schema(ObjectNode document, String name) {
        return (ObjectNode) document.path("components").path("schemas").path(name);
    }

    private static ObjectNode properties(ObjectNode document, String schema) {
        return schema(document, schema).withObject("properties");
    }
}
