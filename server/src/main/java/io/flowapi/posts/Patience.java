package io.flowapi.posts;

import java.time.Duration;
import java.time.Instant;

/** The longer something fails, the less often it is tried: half as long again, ten minutes at most. */
final class Patience {

    private static final Duration MAX = Duration.ofMinutes(10);

    private Patience() {}

    /** @param asked what the network asked for, which is the least */
    static Duration atLeast(Duration asked, Instant since, Instant now) {
        Duration half = Duration.between(since, now).dividedBy(2);
        Duration bounded = half.compareTo(MAX) < 0 ? half : MAX;
        return asked.compareTo(bounded) > 0 ? asked : bounded;
    }
}
