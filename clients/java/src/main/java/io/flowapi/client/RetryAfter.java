package io.flowapi.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header of RFC 9110, section 10.2.3: seconds, or a date. */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> parse(String value, Instant now) {
        try {
            return Optional.of(
                    value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : until(value, now));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static Duration until(String date, Instant now) {
        Instant then =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
    }
}
