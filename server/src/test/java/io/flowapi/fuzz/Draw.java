package io.flowapi.fuzz;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The dice of one request: the same seed and number throw the same. */
final class Draw {

    private final Random random;

    Draw(long seed, int number) {
        // Neighbouring seeds must not throw the same, only later.
        random = new Random(new Random(seed).nextLong() + number);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From and to are both possible. */
    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    <T> T one(List<T> of) {
        return of.get(below(of.size()));
    }

    String one(String... of) {
        return of[below(of.length)];
    }

    UUID id() {
        return new UUID(random.nextLong() & ~0xf000L | 0x7000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }
}
