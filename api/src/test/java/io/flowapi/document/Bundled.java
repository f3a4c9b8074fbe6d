package io.flowapi.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** The whole document as the server, the clients and the reader get it. */
record Bundled(JsonNode document) {

    record Operation(String place, JsonNode content) {}

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    static Bundled read() {
        try {
            return new Bundled(new YAMLMapper().readTree(Bundle.bundle(Path.of("openapi/openapi.yaml"))));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> operations.add(new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), entry.getValue()))));
        return operations;
    }

    /** Visits every object but those inside examples, which are data and not part of the description. */
    void forEachObject(BiConsumer<String, JsonNode> visitor) {
        visit("#", document, visitor);
    }

    private static void visit(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(pointer, node);
        }
        node.properties().stream()
                .filter(entry ->
                        !entry.getKey().equals("examples") && !entry.getKey().equals("example"))
                .forEach(entry -> visit(pointer + "/" + entry.getKey().replace("/", "~1"), entry.getValue(), visitor));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(pointer + "/" + i, node.get(i), visitor);
        }
    }
}
