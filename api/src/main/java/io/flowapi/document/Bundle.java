package io.flowapi.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins the split OpenAPI document into the one file that everything else is made from.
 *
 * <p>The folder of a referenced file is its kind of component and the file's name is its name: {@code
 * ../schemas/Post.yaml} becomes {@code #/components/schemas/Post}. Path items are put in place, because OpenAPI 3.0 has
 * no component for them.
 */
public final class Bundle {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final Map<String, Map<String, JsonNode>> components = new TreeMap<>();

    private Bundle() {}

    /** Arguments: the entry file, the file to write. */
    public static void main(String[] arguments) throws IOException {
        Path bundled = Path.of(arguments[1]);
        Files.createDirectories(bundled.getParent());
        Files.writeString(bundled, bundle(Path.of(arguments[0])));
    }

    /**
     * The document as one YAML text.
     *
     * @param entry the file with the list of paths
     */
    public static String bundle(Path entry) throws IOException {
        return YAML.writeValueAsString(new Bundle().join(entry.toAbsolutePath().normalize()));
    }

    private JsonNode join(Path entry) throws IOException {
        ObjectNode document = (ObjectNode) YAML.readTree(entry.toFile());
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            Path file = entry.resolveSibling(path.getValue().path("$ref").asText());
            path.setValue(localise(read(file), file));
        }
        ObjectNode target = document.withObject("/components");
        components.forEach((kind, named) -> named.forEach(target.withObject("/" + kind)::set));
        return document;
    }

    /** Replaces every reference to a file by one to a component, bringing that file in. */
    private JsonNode localise(JsonNode node, Path file) {
        if (node instanceof ObjectNode object && object.path("$ref").isTextual()) {
            object.put(
                    "$ref",
                    component(file.resolveSibling(object.get("$ref").asText()).normalize()));
            return object;
        }
        for (JsonNode child : children(node)) {
            localise(child, file);
        }
        return node;
    }

    private static List<JsonNode> children(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(children::add);
        }
        return children;
    }

    private String component(Path file) {
        String kind = file.getParent().getFileName().toString();
        String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
        Map<String, JsonNode> named = components.computeIfAbsent(kind, ignored -> new TreeMap<>());
        if (!named.containsKey(name)) {
            JsonNode component = read(file);
            // Entered before it is walked, so that a schema may refer to itself.
            named.put(name, component);
            localise(component, file);
        }
        return "#/components/" + kind + "/" + name;
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + file, broken);
        }
    }
}
