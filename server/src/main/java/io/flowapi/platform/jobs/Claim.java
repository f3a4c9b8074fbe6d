package io.flowapi.platform.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A worker's right to do one job, until its lease ends.
 *
 * @param subject what the job is about, usually a row's id
 * @param lane whose places it takes
 * @param dueAt since when it could have been claimed
 * @param attempts how often the job was claimed since it last went well, this time included
 * @param fence grows with every claim; a write with an older one is refused
 */
public record Claim(
        UUID id, String kind, String subject, String lane, Instant dueAt, int attempts, long fence, Instant claimedAt) {

    private static final Duration BACKOFF_MAX = Duration.ofMinutes(5);

    /** With the waiting between them more than a day. */
    static final int ATTEMPTS_MAX = 300;

    /** How long to wait after it failed: twice as long each time. */
    Duration backoff() {
        Duration doubling = Duration.ofMillis(100L << Math.min(attempts, 12));
        return doubling.compareTo(BACKOFF_MAX) < 0 ? doubling : BACKOFF_MAX;
    }
}
