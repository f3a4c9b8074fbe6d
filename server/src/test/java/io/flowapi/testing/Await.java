package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the server does in its own time, by asking again and again. */
public final class Await {

    private Await() {}

    /** Fails when it has not become true by then. */
    public static void within(Duration time, BooleanSupplier becomesTrue) {
        long end = System.nanoTime() + time.toNanos();
        boolean is = becomesTrue.getAsBoolean();
        while (!is && System.nanoTime() < end) {
            Thread.onSpinWait();
            is = becomesTrue.getAsBoolean();
        }
        assertThat(is).as("became true within " + time).isTrue();
    }
}
