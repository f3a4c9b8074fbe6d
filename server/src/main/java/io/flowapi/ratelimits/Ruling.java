package io.flowapi.ratelimits;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Whether a request may pass, and what is left. */
record Ruling(boolean admitted, List<Standing> standings) {

    private static final long SECOND = 1_000;

    /**
     * Where one limit stands after the request.
     *
     * @param millis until there is more
     */
    record Standing(Quota quota, long remaining, long millis) {

        boolean isFull() {
            return remaining == 0;
        }

        /** Up, because a moment too early is refused. */
        long seconds() {
            return (millis + SECOND - 1) / SECOND;
        }
    }

    /** The seconds after which the same request passes, if nobody else comes. */
    long retryAfter() {
        return standings.stream()
                .filter(Standing::isFull)
                .mapToLong(Standing::seconds)
                .max()
                .orElse(0);
    }

    /** What there is too much of. */
    String full() {
        return standings.stream()
                .filter(Standing::isFull)
                .map(full -> full.quota().limit() + " " + full.quota().counted().word())
                .collect(joining(" and "));
    }

    /** The value of {@code RateLimit-Policy}. */
    String policy() {
        return standings.stream()
                .map(one -> named(one) + ";q=" + one.quota().limit() + ";w=" + Window.MILLIS / SECOND)
                .collect(joining(", "));
    }

    /** The value of {@code RateLimit}. */
    String state() {
        return standings.stream()
                .map(one -> named(one) + ";r=" + one.remaining() + ";t=" + one.seconds())
                .collect(joining(", "));
    }

    private static String named(Standing one) {
        return "\"" + one.quota().counted().word() + "\"";
    }
}
