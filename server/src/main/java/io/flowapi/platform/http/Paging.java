package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pages. A cursor is sealed for its user, list and filters: it cannot be read, changed or used for another list.
 */
public final class Paging {

    private final Vault vault;

    public Paging(Vault vault) {
        this.vault = vault;
    }

    /** Reads a page of entries. */
    @FunctionalInterface
    public interface Source<T> {
        List<T> read(Position after, int limit);
    }

    /**
     * One page.
     *
     * @param list what is listed, filters included
     * @throws RefusedException {@code invalid_parameter} for a cursor of another list, or of nobody
     */
    public <T> Page<T> page(
            Caller caller,
            String list,
            @Nullable String cursor,
            int limit,
            Source<T> source,
            Function<T, Position> at) {
        String place = "cursor " + caller.owner() + " " + list;
        // One more than asked for tells whether there is a next page.
        List<T> read = source.read(cursor == null ? Position.START : open(cursor, place), limit + 1);
        if (read.size() <= limit) {
            return new Page<>(read, false, null);
        }
        List<T> data = read.subList(0, limit);
        return new Page<>(data, true, seal(at.apply(data.getLast()), place));
    }

    private String seal(Position position, String place) {
        String plain = position.createdAt().toEpochMilli() + " " + position.id();
        return vault.seal(plain.getBytes(StandardCharsets.US_ASCII), place);
    }

    private Position open(String cursor, String place) {
        try {
            String[] plain = new String(vault.open(cursor, place), StandardCharsets.US_ASCII).split(" ");
            return new Position(Instant.ofEpochMilli(Long.parseLong(plain[0])), UUID.fromString(plain[1]));
        } catch (IllegalArgumentException foreign) {
            String detail = "This cursor is not of this list with these filters. Start again without one.";
            List<FieldError> errors = List.of(Fields.parameter("cursor", "invalid_cursor", detail));
            throw new RefusedException(new Refusal(ProblemCode.INVALID_PARAMETER, detail, errors, Map.of()));
        }
    }
}
