package io.flowapi.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Checks a value against a schema, as far as our document goes: a word of JSON Schema it does not use is not known. */
final class Violations {

    private final JsonNode document;
    private final List<String> found = new ArrayList<>();

    private Violations(JsonNode document) {
        this.document = document;
    }

    static List<String> of(JsonNode value, JsonNode schema, JsonNode document) {
        Violations violations = new Violations(document);
        violations.check("", value, schema);
        return violations.found;
    }

    private void check(String place, JsonNode value, JsonNode schema) {
        if (schema.has("$ref")) {
            check(place, value, document.at(schema.get("$ref").asText().substring(1)));
            return;
        }
        String type = schema.path("type").asText();
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("schema of " + place + " has type " + type);
        };
        expect(right, place, "is not of type " + type);
        checkObject(place, value, schema);
        checkList(place, value, schema);
        checkText(place, value, schema);
        checkNumber(place, value, schema);
    }

    private void checkObject(String place, JsonNode value, JsonNode schema) {
        schema.path("required")
                .forEach(name -> expect(!value.isObject() || value.has(name.asText()), place, "lacks " + name));
        for (var field : value.properties()) {
            JsonNode declared = schema.path("properties").path(field.getKey());
            JsonNode other = schema.path("additionalProperties");
            String below = place + "/" + field.getKey();
            expect(!declared.isMissingNode() || other.isObject(), below, "is not declared");
            if (!declared.isMissingNode() || other.isObject()) {
                check(below, field.getValue(), declared.isMissingNode() ? other : declared);
            }
        }
    }

    private void checkList(String place, JsonNode value, JsonNode schema) {
        if (value.isArray()) {
            within(place, value.size(), schema, "minItems", "maxItems");
            for (int i = 0; i < value.size(); i++) {
                check(place + "/" + i, value.get(i), schema.path("items"));
            }
        }
    }

    private void checkText(String place, JsonNode value, JsonNode schema) {
        if (!value.isTextual()) {
            return;
        }
        String text = value.asText();
        within(place, text.codePointCount(0, text.length()), schema, "minLength", "maxLength");
        expect(!schema.has("pattern") || text.matches(schema.path("pattern").asText()), place, "breaks the pattern");
        boolean oneOf = false;
        for (JsonNode word : schema.path("enum")) {
            oneOf |= word.equals(value);
        }
        expect(!schema.has("enum") || oneOf, place, "is not one of " + schema.path("enum"));
        expect(isOfFormat(text, schema.path("format").asText()), place, "is no " + schema.path("format"));
    }

    private static boolean isOfFormat(String text, String format) {
        try {
            switch (format) {
                case "uuid" -> UUID.fromString(text);
                case "date-time" -> OffsetDateTime.parse(text);
                default -> {}
            }
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private void checkNumber(String place, JsonNode value, JsonNode schema) {
        if (value.isIntegralNumber()) {
            within(place, value.asLong(), schema, "minimum", "maximum");
        }
    }

    private void within(String place, long size, JsonNode schema, String least, String most) {
        expect(size >= schema.path(least).asLong(Long.MIN_VALUE), place, "is below " + least);
        expect(size <= schema.path(most).asLong(Long.MAX_VALUE), place, "is above " + most);
    }

    private void expect(boolean condition, String place, String otherwise) {
        if (!condition) {
            found.add(place + " " + otherwise);
        }
    }
}
