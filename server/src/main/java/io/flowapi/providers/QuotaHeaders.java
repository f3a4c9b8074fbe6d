package io.flowapi.providers;

import io.flowapi.api.model.QuotaWindow;
import io.flowapi.platform.net.OutgoingOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what an answer says of the network's limits. LinkedIn says nothing. */
final class QuotaHeaders {

    /** X, Mastodon, Bluesky. */
    private static final List<String> DIALECTS = List.of("x-rate-limit-", "x-ratelimit-", "ratelimit-");

    private static final String UNNAMED = "posts";
    private static final Pattern NAME = Pattern.compile("[!-~]{1,50}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    /** Smaller numbers are seconds from now, larger ones seconds since 1970. */
    private static final long A_MOMENT = 1_000_000_000;

    /** No network has a longer window than a day; who names a later moment stops nobody for longer. */
    private static final Duration WINDOW_MAX = Duration.ofHours(24);

    private QuotaHeaders() {}

    static Optional<QuotaWindow> read(OutgoingOutcome.Answered answer, Instant now) {
        return DIALECTS.stream()
                .flatMap(dialect -> read(answer, dialect, now).stream())
                .findFirst();
    }

    private static Optional<QuotaWindow> read(OutgoingOutcome.Answered answer, String dialect, Instant now) {
        Optional<Long> limit = number(answer.header(dialect + "limit"));
        Optional<Long> remaining = number(answer.header(dialect + "remaining"));
        Optional<Instant> reset = answer.header(dialect + "reset").flatMap(value -> moment(value.strip(), now));
        if (limit.isEmpty() || remaining.isEmpty() || reset.isEmpty()) {
            return Optional.empty();
        }
        String name = answer.header(dialect + "policy")
                .map(String::strip)
                .filter(value -> NAME.matcher(value).matches())
                .orElse(UNNAMED);
        Instant last = now.plus(WINDOW_MAX);
        Instant resetAt = reset.get().isBefore(last) ? reset.get() : last;
        return Optional.of(new QuotaWindow(name, limit.get(), remaining.get(), resetAt, now));
    }

    private static Optional<Long> number(Optional<String> value) {
        return value.map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::valueOf);
    }

    private static Optional<Instant> moment(String value, Instant now) {
        if (NUMBER.matcher(value).matches()) {
            long seconds = Long.parseLong(value);
            return Optional.of(seconds < A_MOMENT ? now.plusSeconds(seconds) : Instant.ofEpochSecond(seconds));
        }
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }
}
