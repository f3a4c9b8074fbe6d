package io.flowapi.events;

import io.flowapi.api.model.EventType;
import io.flowapi.platform.http.Position;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which events are listed; null asks for all. */
record EventFilter(
        @Nullable EventType type,
        @Nullable UUID resourceId,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final UUID FIRST = new UUID(0, 0);

    /** Where a list of what happened before {@link #to} goes on: the end is a place in it, which an index finds at once. */
    Position after(Position position) {
        return to != null && to.isBefore(position.createdAt()) ? new Position(to, FIRST) : position;
    }

    /** What is asked for beside that, by its condition's parameter. */
    Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("type", type == null ? null : type.value());
        asked.put("resourceId", resourceId);
        asked.put("from", from);
        asked.values().removeIf(value -> value == null);
        return asked;
    }
}
