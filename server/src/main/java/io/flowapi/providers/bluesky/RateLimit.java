package io.flowapi.providers.bluesky;

import io.flowapi.platform.net.OutgoingOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from a 429 when to come back. Only newer servers send Retry-After; all send the second of the reset. */
record RateLimit(InstantSource clock) {

    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofHours(1);
    private static final Duration WAIT_UNTOLD = Duration.ofMinutes(1);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    Duration retryAfter(OutgoingOutcome.Answered answer) {
        Duration told = seconds(answer, "Retry-After")
                .or(() -> seconds(answer, "RateLimit-Reset")
                        .map(reset -> reset - clock.instant().getEpochSecond()))
                .map(Duration::ofSeconds)
                .orElse(WAIT_UNTOLD);
        if (told.compareTo(WAIT_MIN) < 0) {
            return WAIT_MIN;
        }
        return told.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : told;
    }

    private static Optional<Long> seconds(OutgoingOutcome.Answered answer, String header) {
        return answer.header(header)
                .map(String::strip)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::valueOf);
    }
}
