package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pages. A cursor is sealed for its user, list and filters: it cannot be read, changed or used for another list.
 */
public final class Paging {

    static final int BYTES_MAX = 4 * 1024 * 1024;

    /** A page of the default limit takes one query; a long one never has more than these in memory beyond its bytes. */
    static final int READ_AT_ONCE = 21;

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
        Filling<T> page = new Filling<>(limit);
        page.read(source, cursor == null ? Position.START : open(cursor, place), at);
        return new Page<>(page.data, page.full, page.full ? seal(at.apply(page.data.getLast()), place) : null);
    }

    /** Takes entries until it has as many, or as many bytes, as one answer holds: a page must not take all memory. */
    private static final class Filling<T> {
        private final int limit;
        private final List<T> data = new ArrayList<>();
        private long bytes;
        private boolean full;

        Filling(int limit) {
            this.limit = limit;
        }

        void read(Source<T> source, Position start, Function<T, Position> at) {
            Position after = start;
            while (true) {
                // One more than asked for tells whether there is a next page.
                int wanted = Math.min(limit + 1 - data.size(), READ_AT_ONCE);
                List<T> read = source.read(after, wanted);
                read.forEach(this::add);
                if (full || read.size() < wanted) {
                    return;
                }
                after = at.apply(read.getLast());
            }
        }

        private void add(T entry) {
            bytes += Json.size(entry);
            // One entry always fits, else the list could not go on after it.
            full = full || data.size() == limit || (!data.isEmpty() && bytes > BYTES_MAX);
            if (!full) {
                data.add(entry);
            }
        }
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
