package io.flowapi.api.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public enum Scope {
    KITES_READ("kites:read"),
    KITES_WRITE("kites:write");

    private final String value;

    Scope(String value) {
        this.value = value;
    }

    /** The word of the document. */
    @JsonValue
    public String value() {
        return value;
    }

    /**
     * The constant of a word of the document.
     *
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    public static Scope of(String value) {
        for (Scope constant : values()) {
            if (constant.value.equals(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("not one of Scope: " + value);
    }
}
