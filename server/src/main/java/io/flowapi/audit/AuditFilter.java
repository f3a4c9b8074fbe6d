package io.flowapi.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are listed; null asks for all.
 *
 * @param userId whose
 */
record AuditFilter(
        @Nullable UUID userId,
        @Nullable String action,
        @Nullable UUID resourceId,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** What is asked for, by its condition's parameter. */
    Map<String, Object> asked() {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("userId", userId);
        asked.put("action", action);
        asked.put("resourceId", resourceId);
        asked.put("from", from);
        asked.put("to", to);
        asked.values().removeIf(value -> value == null);
        return asked;
    }
}
