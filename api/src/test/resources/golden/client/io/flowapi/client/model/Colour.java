package io.flowapi.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * Colours, and words no Java name can be.
 *
 * <p>The constants are the words this version knows. A word a newer server sends is kept as it is: compare with {@code
 * equals} and expect others.
 */
public record Colour(@JsonValue String value) {

    public static final Colour RED = new Colour("red");

    public static final Colour DARK_RED = new Colour("dark_red");

    public static final Colour SKY_BLUE = new Colour("sky:blue");

    public static final Colour _3D = new Colour("3d");

    private static final Set<Colour> KNOWN = Set.of(RED, DARK_RED, SKY_BLUE, _3D);

    @JsonCreator
    public static Colour of(String value) {
        return new Colour(value);
    }

    /** Whether this version of the client has a constant for the word. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    /** The word itself, as it stands in JSON and in a query. */
    @Override
    public String toString() {
        return value;
    }
}
