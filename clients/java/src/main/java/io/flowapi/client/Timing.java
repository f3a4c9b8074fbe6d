package io.flowapi.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, so that a test has its own. */
interface Timing {

    Instant now();

    void sleep(Duration duration) throws InterruptedException;

    /** At least 0, less than 1. */
    double random();

    /** Sleeps, and turns an interrupt into a failure that leaves the thread interrupted. */
    default void pause(Duration duration) {
        try {
            sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FlowException("interrupted while waiting", interrupted);
        }
    }

    static Timing system() {
        return new Timing() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
