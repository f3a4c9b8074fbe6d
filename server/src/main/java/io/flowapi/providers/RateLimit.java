package io.flowapi.providers;

import io.flowapi.platform.net.OutgoingOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads from a 429 when to come back, in the dialect of each network: Retry-After where there is one, else the time of the
 * reset, as a Unix second, as seconds from now or as ISO 8601.
 */
record RateLimit(InstantSource clock) {

    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofHours(1);
    private static final Duration WAIT_UNTOLD = Duration.ofMinutes(1);
    /** Smaller numbers are seconds from now. */
    private static final long A_MOMENT = 1_000_000_000;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    Duration retryAfter(OutgoingOutcome.Answered answer) {
        Duration told = header(answer, "Retry-After")
                .flatMap(RateLimit::seconds)
                .map(Duration::ofSeconds)
                .or(() -> untilReset(answer, "RateLimit-Reset"))
                .or(() -> untilReset(answer, "X-RateLimit-Reset"))
                .or(() -> untilReset(answer, "x-rate-limit-reset"))
                .orElse(WAIT_UNTOLD);
        if (told.compareTo(WAIT_MIN) < 0) {
            return WAIT_MIN;
        }
        return told.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : told;
    }

    private Optional<Duration> untilReset(OutgoingOutcome.Answered answer, String name) {
        return header(answer, name).flatMap(this::time).map(reset -> Duration.between(clock.instant(), reset));
    }

    private Optional<Instant> time(String value) {
        Optional<Instant> unix = seconds(value).map(this::moment);
        if (unix.isPresent()) {
            return unix;
        }
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private Instant moment(long seconds) {
        return seconds < A_MOMENT ? clock.instant().plusSeconds(seconds) : Instant.ofEpochSecond(seconds);
    }

    private static Optional<Long> seconds(String value) {
        return SECONDS.matcher(value).matches() ? Optional.of(Long.valueOf(value)) : Optional.empty();
    }

    private static Optional<String> header(OutgoingOutcome.Answered answer, String name) {
        return answer.header(name).map(String::strip);
    }
}
