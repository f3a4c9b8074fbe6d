package io.flowapi.providers.bluesky;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes record keys of the form that the network demands of posts: 53 bits of microseconds and ten of a clock id, in a
 * base 32 that sorts as the numbers do. No two of one process are the same; the clock id keeps processes apart.
 */
final class Tids {

    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 13;
    private static final int DIGIT_BITS = 5;
    private static final int CLOCK_ID_BITS = 10;

    private final InstantSource clock;
    private final long clockId;
    private final AtomicLong last = new AtomicLong();

    Tids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.clockId = random.nextInt(1 << CLOCK_ID_BITS);
    }

    String next() {
        long micros = last.updateAndGet(before -> Math.max(before + 1, micros(clock.instant())));
        return digits(micros << CLOCK_ID_BITS | clockId);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static String digits(long number) {
        char[] digits = new char[LENGTH];
        long rest = number;
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest & (ALPHABET.length() - 1)));
            rest >>>= DIGIT_BITS;
        }
        return new String(digits);
    }
}
