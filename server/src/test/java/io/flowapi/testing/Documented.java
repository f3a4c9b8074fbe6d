package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.installation.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One operation as the document describes it. Tests walk {@link #OPERATIONS}, so that what holds for every operation cannot
 * be forgotten for a new one.
 *
 * @param node the operation in the document, whose references {@link #resolved} follows
 */
public record Documented(String method, String path, String id, Pattern pathPattern, JsonNode node) {

    private static final JsonNode DOCUMENT = document();

    public static final List<Documented> OPERATIONS = operations();

    /** The operation of a request, by its path without a query; a path of fixed words is no id of another. */
    public static Optional<Documented> of(String method, String path) {
        boolean fixed = OPERATIONS.stream().anyMatch(operation -> operation.path.equals(path));
        return OPERATIONS.stream()
                .filter(operation -> operation.method.equals(method))
                .filter(operation -> fixed
                        ? operation.path.equals(path)
                        : operation.pathPattern.matcher(path).matches())
                .findFirst();
    }

    /** The methods that a path takes: what can be got can be asked for without its body. */
    public static String methods(String path) {
        return OPERATIONS.stream()
                .filter(operation -> operation.path.equals(path))
                .flatMap(operation ->
                        operation.isGet() ? Stream.of(operation.method, "HEAD") : Stream.of(operation.method))
                .sorted()
                .collect(joining(", "));
    }

    /** The part of the document that a node stands for. */
    public static JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(DOCUMENT.at(node.path("$ref").asText().substring(1)))
                : node;
    }

    public boolean secured() {
        return !node.path("security").isEmpty();
    }

    /** Empty when any key will do. */
    public String scope() {
        return node.path("x-scope").asText();
    }

    /** What it is counted with beside all requests; empty when nothing. */
    public String rateLimit() {
        return node.path("x-rate-limit").asText();
    }

    /** Although it is no GET. */
    public boolean changesNothing() {
        return node.path("x-changes-nothing").asBoolean();
    }

    public boolean hasId() {
        return path.contains("{");
    }

    public boolean hasBody() {
        return node.has("requestBody");
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    public boolean isPost() {
        return method.equals("POST");
    }

    public boolean declares(int status) {
        return response(status).isPresent();
    }

    public boolean declaresHeader(int status, String header) {
        return response(status)
                .filter(response -> response.path("headers").has(header))
                .isPresent();
    }

    private Optional<JsonNode> response(int status) {
        JsonNode response = node.path("responses").path(String.valueOf(status));
        return response.isMissingNode() ? Optional.empty() : Optional.of(resolved(response));
    }

    /** The declared statuses. */
    public List<Integer> statuses() {
        return node.path("responses").properties().stream()
                .map(response -> Integer.valueOf(response.getKey()))
                .toList();
    }

    /** The declared parameters that stand there: {@code path}, {@code query} or {@code header}. */
    public List<JsonNode> parameters(String in) {
        return stream(node.path("parameters"))
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .toList();
    }

    public boolean takesHeader(String name) {
        return parameters("header").stream()
                .anyMatch(header -> header.path("name").asText().equals(name));
    }

    /** The schema of the body. */
    public JsonNode schema() {
        return resolved(content().path("schema"));
    }

    /** The bodies that the document shows. */
    public List<ObjectNode> examples() {
        return stream(content().path("examples"))
                .map(example -> (ObjectNode) example.path("value").deepCopy())
                .toList();
    }

    /** The shortest body that the document shows, as bytes; none where no body is wanted. */
    public byte[] example() {
        return hasBody() ? shortestExample().toString().getBytes(UTF_8) : new byte[0];
    }

    /** The shortest body that the document shows. */
    public ObjectNode shortestExample() {
        return examples().stream()
                .min(Comparator.comparing(example -> example.toString().length()))
                .orElseThrow();
    }

    private JsonNode content() {
        return node.at("/requestBody/content").iterator().next();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(entry -> all.add(resolved(entry)));
        return all.stream();
    }

    /** The path with the same id for each parameter. */
    public String target(String id) {
        return target(_ -> id);
    }

    /** The path with the id that a parameter's name is given. */
    public String target(UnaryOperator<String> ids) {
        return Pattern.compile("\\{([^}]+)}").matcher(path).replaceAll(name -> ids.apply(name.group(1)));
    }

    @Override
    public String toString() {
        return id;
    }

    private static List<Documented> operations() {
        List<Documented> found = new ArrayList<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    found.add(new Documented(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            operation.path("operationId").asText(),
                            Pattern.compile(path.getKey().replaceAll("\\{[^}]+}", "[^/]+")),
                            operation));
                }));
        return List.copyOf(found);
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Build.document());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
