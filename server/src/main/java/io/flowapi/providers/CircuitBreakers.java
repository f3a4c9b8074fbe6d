package io.flowapi.providers;

import io.flowapi.api.model.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that have failed. Each has breakers of its own, so that one that is dead does not stop the others of its
 * network; one for what sends and one for what asks, because a server that refuses to take posts still tells which it has.
 */
public final class CircuitBreakers {

    private static final int SERVERS_MAX = 10_000;

    private final InstantSource clock;
    private final Map<Line, CircuitBreaker> failing = new HashMap<>();

    public CircuitBreakers(InstantSource clock) {
        this.clock = clock;
    }

    enum Kind {
        SEND,
        ASK
    }

    /** What fails and recovers together. */
    record Line(Provider provider, String server, Kind kind) {}

    /** Empty when a call may be made, and then it must be: it may be the only trial. Else how long to wait. */
    synchronized Optional<Duration> mustWait(Line line) {
        CircuitBreaker breaker = failing.get(line);
        if (breaker == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration patience = breaker.patience(now);
        if (patience.isPositive()) {
            return Optional.of(patience);
        }
        failing.put(line, breaker.called(now));
        return Optional.empty();
    }

    /** For calls that nothing depends on: they are made of a server that works, and are never the trial. */
    synchronized boolean working(Line line) {
        CircuitBreaker breaker = failing.get(line);
        return breaker == null || breaker.state(clock.instant()) == CircuitBreaker.State.CLOSED;
    }

    /** An answer to a call that began before the server was left alone does not end that. */
    synchronized void answered(Line line) {
        CircuitBreaker breaker = failing.get(line);
        if (breaker != null && breaker.state(clock.instant()) != CircuitBreaker.State.OPEN) {
            failing.remove(line);
        }
    }

    synchronized void failed(Line line) {
        Instant now = clock.instant();
        if (failing.size() >= SERVERS_MAX && !failing.containsKey(line)) {
            failing.values().removeIf(breaker -> breaker.state(now) != CircuitBreaker.State.OPEN);
        }
        failing.merge(line, CircuitBreaker.unused().failed(now), (before, first) -> before.failed(now));
    }

    /** The worst of a network's servers. */
    synchronized CircuitBreaker.State state(Provider provider) {
        Instant now = clock.instant();
        return failing.entrySet().stream()
                .filter(entry -> entry.getKey().provider() == provider)
                .map(entry -> entry.getValue().state(now))
                .reduce(CircuitBreaker.State.CLOSED, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
}
