package io.flowapi.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a merge patch (RFC 7396) that can be removed. The field is null where it stays as it is; builders take the
 * plain value.
 *
 * @param value what the field becomes; null removes it
 */
public record Removable<T>(@JsonValue @Nullable T value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Removable {}

    static <E> Removable<List<E>> list(@Nullable List<E> value) {
        return new Removable<>(value == null ? null : List.copyOf(value));
    }

    static <V> Removable<Map<String, V>> map(@Nullable Map<String, V> value) {
        return new Removable<>(value == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(value)));
    }

    static <V> Removable<Map<String, V>> with(
            @Nullable Removable<Map<String, V>> before, String key, @Nullable V value) {
        Map<String, V> entries = new LinkedHashMap<>();
        if (before != null && before.value != null) {
            entries.putAll(before.value);
        }
        entries.put(key, value);
        return map(entries);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
