package io.flowapi.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/**
 * The schema {@code Scope}.
 *
 * <p>The constants are the words this version knows. A word a newer server sends is kept as it is: compare with {@code
 * equals} and expect others.
 */
public record Scope(@JsonValue String value) {

    public static final Scope KITES_READ = new Scope("kites:read");

    public static final Scope KITES_WRITE = new Scope("kites:write");

    private static final Set<Scope> KNOWN = Set.of(KITES_READ, KITES_WRITE);

    @JsonCreator
    public static Scope of(String value) {
        return new Scope(value);
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
