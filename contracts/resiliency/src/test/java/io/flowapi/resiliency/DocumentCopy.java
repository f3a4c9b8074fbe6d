package io.flowapi.resiliency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The built document as Specmatic can read it. */
record DocumentCopy(ObjectNode document) {

    private static final YAMLMapper YAML = new YAMLMapper();

    static DocumentCopy read() throws IOException {
        ObjectNode document = (ObjectNode)
                YAML.readTree(Path.of(System.getProperty("flow.document")).toFile());
        dropPatterns(document);
        return new DocumentCopy(document);
    }

    /** Specmatic makes no text that keeps both a pattern and a bound; the bound is what it breaks on purpose. */
    private static void dropPatterns(JsonNode node) {
        if (node.path("pattern").isTextual() && node.path("type").asText().equals("string")) {
            ((ObjectNode) node).remove("pattern");
        }
        node.forEach(DocumentCopy::dropPatterns);
    }

    /** As {@code GET /v1/posts/{postId}}. */
    List<String> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .toList();
    }

    /** Leaves one path, for a quick run. */
    DocumentCopy only(String path) {
        ((ObjectNode) document.path("paths")).retain(path);
        return this;
    }

    /** Changes a schema that has a name. */
    DocumentCopy with(String schema, Consumer<ObjectNode> change) {
        change.accept((ObjectNode) document.path("components").path("schemas").path(schema));
        return this;
    }

    Path in(Path directory) throws IOException {
        Path file = directory.resolve("openapi.yaml");
        YAML.writeValue(file.toFile(), document);
        return file;
    }
}
