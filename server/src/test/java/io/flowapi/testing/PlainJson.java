package io.flowapi.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that is known to be well-formed. A missing name reads as an empty text or list. */
final class PlainJson {

    private final String json;
    private int at;

    private PlainJson(String json) {
        this.json = json;
    }

    static Value read(String json) {
        return new Value(new PlainJson(json).value());
    }

    /** An object of texts: names and values in turn. */
    static String object(String... namesAndValues) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.append(i == 0 ? "" : ",").append(quoted(namesAndValues[i]));
            object.append(":").append(quoted(namesAndValues[i + 1]));
        }
        return object.append("}").toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    record Value(@Nullable Object raw) {

        Value at(String name) {
            return new Value(raw instanceof Map<?, ?> object ? object.get(name) : null);
        }

        /** The text, or the literal of a number or a boolean. */
        String text() {
            return raw == null ? "" : raw.toString();
        }

        List<Value> items() {
            return raw instanceof List<?> list
                    ? list.stream().map(item -> new Value(item)).toList()
                    : List.of();
        }
    }

    private @Nullable Object value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> text();
            default -> literal();
        };
    }

    /** The next character that is not a space, not yet taken. */
    private char next() {
        while (Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return json.charAt(at);
    }

    private boolean takes(char expected) {
        boolean is = next() == expected;
        at += is ? 1 : 0;
        return is;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        takes('{');
        while (!takes('}')) {
            next();
            String name = text();
            takes(':');
            object.put(name, value());
            takes(',');
        }
        return object;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        takes('[');
        while (!takes(']')) {
            list.add(value());
            takes(',');
        }
        return list;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (at++; json.charAt(at) != '"'; at++) {
            text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at));
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        at++;
        if (json.charAt(at) == 'u') {
            at += 4;
            return (char) Integer.parseInt(json.substring(at - 3, at + 1), 16);
        }
        int known = "bfnrt".indexOf(json.charAt(at));
        return known < 0 ? json.charAt(at) : "\b\f\n\r\t".charAt(known);
    }

    private @Nullable Object literal() {
        int start = at;
        while (at < json.length() && ",]} \n\r\t".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String literal = json.substring(start, at);
        return literal.equals("null") ? null : literal;
    }
}
