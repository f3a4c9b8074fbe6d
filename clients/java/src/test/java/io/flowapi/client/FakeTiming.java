package io.flowapi.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that only sleeping moves, and no jitter. */
final class FakeTiming implements Timing {

    static final Instant START = Instant.parse("2026-11-23T09:30:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    @Override
    public double random() {
        return 0;
    }
}
