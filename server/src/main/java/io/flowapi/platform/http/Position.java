package io.flowapi.platform.http;

import java.time.Instant;
import java.util.UUID;

/** Where a page ended, in a list that is sorted by creation time and id, newest first. */
public record Position(Instant createdAt, UUID id) {

    /** Before the first page. Every stored time is earlier. */
    static final Position START = new Position(Instant.ofEpochMilli(Long.MAX_VALUE), new UUID(-1, -1));
}
