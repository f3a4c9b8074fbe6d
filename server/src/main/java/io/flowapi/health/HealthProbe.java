package io.flowapi.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One asking of one part, on a thread of its own that may never come back. */
final class HealthProbe {

    private static final System.Logger LOG = System.getLogger(HealthProbe.class.getName());

    /** From its beginning; below the second that those who ask commonly wait. */
    private static final Duration ANSWER_MAX = Duration.ofMillis(800);

    private final Instant begun;
    private final long begunNanos = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    private HealthProbe(Instant begun) {
        this.begun = begun;
    }

    /** @param latency how long it took, or has taken so far */
    record Answer(boolean ok, Duration latency) {}

    static HealthProbe begin(String name, BooleanSupplier ok, Instant now) {
        HealthProbe probe = new HealthProbe(now);
        // Not virtual: a read from a file system that hangs would keep a carrier.
        Thread.ofPlatform().daemon().name("health-" + name).start(() -> probe.ask(name, ok));
        return probe;
    }

    private void ask(String name, BooleanSupplier ok) {
        boolean said = false;
        try {
            said = ok.getAsBoolean();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, name, failure);
        } finally {
            answer.complete(new Answer(said, taken()));
        }
    }

    boolean isDone() {
        return answer.isDone();
    }

    /** A clock that was set back makes it old. */
    boolean isOfLate(Instant now, Duration max) {
        Duration age = Duration.between(begun, now);
        return !age.isNegative() && age.compareTo(max) < 0;
    }

    /** What it says, or no once its time is over; those who come later do not wait at all. */
    Answer answer() {
        try {
            long left = Math.max(0, ANSWER_MAX.minus(taken()).toNanos());
            return answer.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException hangs) {
            return new Answer(false, taken());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Answer(false, taken());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Duration taken() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
