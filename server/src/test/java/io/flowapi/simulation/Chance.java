package io.flowapi.simulation;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** All that is left to chance, from one seed. */
final class Chance {

    private final Random random;
    private final double trouble;
    private boolean calm;

    Chance(long seed) {
        // Seeds that follow each other would begin alike.
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        trouble = List.of(0.2, 1.0, 2.0).get(random.nextInt(3));
    }

    RandomGenerator random() {
        return random;
    }

    /** Whether a misfortune happens; none does once all is calm. */
    boolean misfortune(double share) {
        return random.nextDouble() < share * trouble && !calm;
    }

    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    void calm() {
        calm = true;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long from, long to) {
        return random.nextLong(from, to);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
