package io.flowapi.ratelimits;

import java.util.Arrays;
import java.util.Collection;

/** Counts what was accepted, in the plainest way, to judge what decided it. */
final class WindowCount {

    private WindowCount() {}

    /** The most in any 60 seconds, half-open, by the times at which they were accepted. */
    static int most(Collection<Long> accepted) {
        long[] times = accepted.stream().mapToLong(Long::longValue).sorted().toArray();
        return Arrays.stream(times)
                .map(start -> Arrays.stream(times)
                        .filter(time -> time >= start && time < start + 60_000)
                        .count())
                .mapToInt(Math::toIntExact)
                .max()
                .orElse(0);
    }
}
