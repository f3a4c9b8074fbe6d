package io.flowapi.ratelimits;

import java.util.Arrays;

/**
 * What was accepted in the last 60 seconds, half-open: what is 60 s old counts no more. An entry is a time and how many were
 * accepted then. Up to 1,000 a minute the time is exact; above it is the end of its second, so that a second counts in full
 * until all of it is old. Times further ahead than a window are of a clock that was set back, and are forgotten.
 */
final class Window {

    static final long MILLIS = 60_000;
    static final Window EMPTY = new Window(new long[0]);

    static final int EXACT_MAX = 1_000;
    private static final int GRAIN_MILLIS = 1_000;
    private static final int COUNT_BITS = 20;
    private static final long COUNT_MASK = (1 << COUNT_BITS) - 1;

    /** {@code time << 20 | count}, oldest first. */
    private final long[] entries;

    private Window(long[] entries) {
        this.entries = entries;
    }

    /** Of what was kept by somebody, in any order. */
    static Window at(long now, long[] kept) {
        return new Window(Arrays.stream(kept)
                .filter(entry -> isFresh(entry, now))
                .sorted()
                .toArray());
    }

    Window at(long now) {
        return Arrays.stream(entries).allMatch(entry -> isFresh(entry, now)) ? this : at(now, entries);
    }

    private static boolean isFresh(long entry, long now) {
        return Math.abs(now - time(entry)) < MILLIS;
    }

    /** Whether all of it is old. Whoever asks may have been held up, so what is ahead of now is not. */
    boolean isOver(long now) {
        return Arrays.stream(entries).allMatch(entry -> now - time(entry) >= MILLIS);
    }

    long used() {
        return Arrays.stream(entries).map(Window::count).sum();
    }

    /** The time that an accepted request is entered with. */
    static long stamp(long now, int limit) {
        return limit > EXACT_MAX ? now - now % GRAIN_MILLIS + GRAIN_MILLIS - 1 : now;
    }

    /** With one more. */
    Window plus(long stamp) {
        int last = entries.length - 1;
        if (last >= 0 && time(entries[last]) == stamp) {
            long[] more = entries.clone();
            more[last]++;
            return new Window(more);
        }
        long[] more = Arrays.copyOf(entries, entries.length + 1);
        more[last + 1] = stamp << COUNT_BITS | 1;
        if (last >= 0 && stamp < time(entries[last])) {
            // The clock was set back.
            Arrays.sort(more);
        }
        return new Window(more);
    }

    /** The milliseconds until fewer than this many are left; 0 when they are now. */
    long millisUntilBelow(long many, long now) {
        long left = used();
        long millis = 0;
        for (int i = 0; left >= many && i < entries.length; i++) {
            left -= count(entries[i]);
            millis = time(entries[i]) + MILLIS - now;
        }
        return millis;
    }

    private static long time(long entry) {
        return entry >> COUNT_BITS;
    }

    private static long count(long entry) {
        return entry & COUNT_MASK;
    }
}
