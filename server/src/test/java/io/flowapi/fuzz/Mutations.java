package io.flowapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.platform.http.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Bodies with something wrong in them. */
final class Mutations {

    private static final String RAW = "@raw@";

    private final Draw draw;

    Mutations(Draw draw) {
        this.draw = draw;
    }

    byte[] of(byte[] valid) {
        if (valid.length == 0) {
            return Strange.json(draw).getBytes(UTF_8);
        }
        JsonNode body = Json.tree(new String(valid, UTF_8));
        return switch (draw.below(10)) {
            case 0, 1, 2, 3 -> replaced(body);
            case 4 -> without(body);
            case 5 -> added(body);
            case 6 -> twice(body);
            case 7 -> Arrays.copyOf(valid, draw.below(valid.length));
            case 8 -> withBytes(valid);
            default -> repeated(body);
        };
    }

    /** Any value of the body, or all of it, is something else. */
    private byte[] replaced(JsonNode body) {
        List<ContainerNode<?>> places = places(body);
        if (draw.percent(5)) {
            return Strange.json(draw).getBytes(UTF_8);
        }
        switch (draw.one(places)) {
            case ObjectNode object when !object.isEmpty() -> object.put(name(object), RAW);
            case ArrayNode array when !array.isEmpty() -> array.set(draw.below(array.size()), RAW);
            default -> {}
        }
        return raw(body);
    }

    private byte[] without(JsonNode body) {
        if (draw.one(places(body)) instanceof ObjectNode object && !object.isEmpty()) {
            object.remove(name(object));
        }
        return raw(body);
    }

    private byte[] added(JsonNode body) {
        if (draw.one(places(body)) instanceof ObjectNode object) {
            object.put(draw.one(Strange.NAMES), RAW);
        }
        return raw(body);
    }

    private byte[] twice(JsonNode body) {
        String text = body.toString();
        return body instanceof ObjectNode object && !object.isEmpty()
                ? ("{\"" + name(object) + "\":" + Strange.json(draw) + "," + text.substring(1)).getBytes(UTF_8)
                : (text + text).getBytes(UTF_8);
    }

    /** One entry too many, or far too many. */
    private byte[] repeated(JsonNode body) {
        int times = draw.one(List.of(1, 25, 26, 51, 2_000));
        for (ContainerNode<?> place : places(body)) {
            if (place instanceof ArrayNode array && !array.isEmpty()) {
                JsonNode first = array.get(0);
                for (int i = 0; i < times; i++) {
                    array.add(first.deepCopy());
                }
                return raw(body);
            }
        }
        ObjectNode metadata = ((ObjectNode) body).putObject("metadata");
        for (int i = 0; i < times; i++) {
            metadata.put("k" + i, "v");
        }
        return raw(body);
    }

    private byte[] withBytes(byte[] valid) {
        int at = draw.below(valid.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(valid, 0, at);
        bytes.writeBytes(draw.one(Strange.BYTES));
        bytes.write(valid, at, valid.length - at);
        return bytes.toByteArray();
    }

    private String name(ObjectNode object) {
        return draw.one(object.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** What no tree can hold is put into the text. */
    private byte[] raw(JsonNode body) {
        return body.toString().replace("\"" + RAW + "\"", Strange.json(draw)).getBytes(UTF_8);
    }

    private static List<ContainerNode<?>> places(JsonNode body) {
        List<ContainerNode<?>> places = new ArrayList<>();
        if (body instanceof ContainerNode<?> container) {
            places.add(container);
            container.forEach(child -> places.addAll(places(child)));
        }
        return places;
    }
}
