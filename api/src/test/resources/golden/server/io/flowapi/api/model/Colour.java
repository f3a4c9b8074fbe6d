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

/** Colours, and words no Java name can be. */
public enum Colour {
    RED("red"),
    DARK_RED("dark_red"),
    SKY_BLUE("sky:blue"),
    _3D("3d");

    private final String value;

    Colour(String value) {
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
    public static Colour of(String value) {
        for (Colour constant : values()) {
            if (constant.value.equals(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("not one of Colour: " + value);
    }
}
