package io.flowapi.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A change of a resource (RFC 7396): members replace, null removes, what is absent stays. */
public final class MergePatch<T> {

    private final JsonNode patch;
    private final Class<T> type;

    MergePatch(JsonNode patch, Class<T> type) {
        this.patch = patch;
        this.type = type;
    }

    /** The value after the change. What a caller may remove must be nullable in the document. */
    public T appliedTo(T current) {
        return Json.bind(merged(Json.bind(current, JsonNode.class), patch), type);
    }

    /** The members that are replaced or removed. */
    public List<String> fields() {
        return patch.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode members)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : members.objectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else {
                result.set(member.getKey(), merged(result.path(member.getKey()), member.getValue()));
            }
        }
        return result;
    }
}
