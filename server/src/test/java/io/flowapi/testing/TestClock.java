package io.flowapi.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {

    private final List<Consumer<Instant>> followers = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-23T09:30:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
        followers.forEach(follower -> follower.accept(now));
    }

    /** Tells somebody the time now and whenever it moves. */
    void follow(Consumer<Instant> follower) {
        followers.add(follower);
        follower.accept(now);
    }
}
