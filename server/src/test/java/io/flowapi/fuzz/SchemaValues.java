package io.flowapi.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.testing.Documented;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Values that a schema of the document allows, its bounds among them. */
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONG_MAX = 12_000;
    private static final String[] LETTERS = {
        "a",
        "Z",
        "7",
        " ",
        "é",
        "ß",
        "漢",
        "😀",
        "👩‍👩‍👧",
        "\u0301",
        "\u202e",
        "\u2028",
        "\ufeff",
        "<",
        ">",
        "&",
        "'",
        "\"",
        "\\",
        "/",
        "%",
        "{",
        "\n",
        "\t",
        "\u007f",
        "<b>",
        "--",
        ";",
        "#",
        "@",
        "\uffff"
    };

    private final Draw draw;
    private final Instant now;

    SchemaValues(Draw draw, Instant now) {
        this.draw = draw;
        this.now = now;
    }

    /** @param name of the field or parameter, for strings whose form only their name tells */
    JsonNode value(String name, JsonNode reference) {
        JsonNode schema = Documented.resolved(reference);
        if (schema.path("nullable").asBoolean() && draw.percent(15)) {
            return JSON.nullNode();
        }
        if (schema.has("enum")) {
            return JSON.textNode(schema.path("enum")
                    .path(draw.below(schema.path("enum").size()))
                    .asText());
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema);
            case "array" -> array(name, schema);
            case "integer" -> JSON.numberNode(integer(schema));
            case "boolean" -> JSON.booleanNode(draw.percent(50));
            default -> JSON.textNode(text(name, schema));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required.contains(field.getKey()) || draw.percent(45)) {
                object.set(field.getKey(), value(field.getKey(), field.getValue()));
            }
        }
        JsonNode further = schema.path("additionalProperties");
        for (int i = further.isObject() ? draw.below(4) : 0; i > 0; i--) {
            object.set("key" + draw.below(8), value("", further));
        }
        if (object.size() < schema.path("minProperties").asInt(0)) {
            Map.Entry<String, JsonNode> first =
                    schema.path("properties").properties().iterator().next();
            object.set(first.getKey(), value(first.getKey(), first.getValue()));
        }
        return object;
    }

    private ArrayNode array(String name, JsonNode schema) {
        int most = schema.path("maxItems").asInt(10);
        int size =
                draw.percent(10) ? most : draw.between(schema.path("minItems").asInt(0), Math.min(most, 3));
        Set<JsonNode> items = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            items.add(value(name, schema.path("items")));
        }
        return JSON.arrayNode().addAll(items);
    }

    private int integer(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(1_000);
        return draw.percent(20) ? draw.percent(50) ? least : most : draw.between(least, most);
    }

    private String text(String name, JsonNode schema) {
        if (schema.path("format").asText().equals("uuid")) {
            return draw.percent(20)
                    ? draw.id().toString().toUpperCase(Locale.ROOT)
                    : draw.id().toString();
        }
        if (schema.path("format").asText().equals("date-time")) {
            return time();
        }
        if (schema.has("pattern")) {
            return formed(name);
        }
        int least = schema.path("minLength").asInt(0);
        int most = Math.min(schema.path("maxLength").asInt(100), LONG_MAX);
        int length = draw.percent(6) ? most : draw.percent(10) ? least : draw.between(least, Math.min(most, 40));
        return letters(length);
    }

    private String formed(String name) {
        return switch (name) {
            case "action" -> draw.one("createPost", "deleteApiKey", "target.published", "x");
            case "events" -> draw.one("post.published", "target.failed", "channel.connected");
            // The value of a header of deliveries.
            case "" -> draw.one("x", "Bearer abc", "a=b; c=\"d\"");
            case "langs", "language" -> draw.one("en", "de-CH", "zh-Hant-TW");
            case "accessToken", "refreshToken" -> draw.one("abc", "ZA-Yj3aBD8U8Cm7lKUp", "~!#");
            case "author" -> draw.one("urn:li:person:yrZCpj2Z12", "urn:li:organization:2414183");
            case "inReplyToPostId", "communityId" -> draw.one("0", "1346889436626259968", "9999999999999999999");
            case "url" -> draw.one("https://example.com/p/1", "http://x", "https://example.com/?a=b&c=%20#d");
            case "Idempotency-Key" -> draw.one(draw.id().toString(), "\"" + draw.id() + "\"", "k." + draw.id());
            case "If-Match" -> draw.one("*", "\"1\"", "\"1\", \"2\", \"3\"", "W/\"1\",\"1\"");
            default -> throw new AssertionError("A value of the form of " + name + " is missing here.");
        };
    }

    /** Within the next year, in every form that RFC 3339 has. */
    private String time() {
        Instant at =
                now.plus(Duration.ofMinutes(draw.between(1, 380 * 24 * 60))).plusMillis(draw.below(1000));
        return draw.percent(50)
                ? at.toString()
                : at.atOffset(ZoneOffset.ofHoursMinutes(draw.between(0, 14), draw.percent(80) ? 0 : 30))
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx"));
    }

    /** So many code points, of which the first is neither blank nor a mark on what stands before it. */
    private String letters(int length) {
        StringBuilder text = new StringBuilder(length > 0 ? "a" : "");
        int left = length - 1;
        while (left > 0) {
            String letter = draw.one(LETTERS);
            int size = letter.codePointCount(0, letter.length());
            if (size <= left) {
                text.append(letter);
                left -= size;
            } else {
                text.append("x".repeat(left));
                left = 0;
            }
        }
        return text.toString();
    }
}
