package io.flowapi.ratelimits;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** One key, its limits, and sixteen callers who make requests and move the clock at random, all at once. */
final class RandomSchedule {

    private static final int THREADS = 16;
    /** A limit above 1,000 is kept in seconds; it takes many requests to reach one, so it is drawn rarely. */
    private static final int LARGE_ONE_IN = 500;

    private final Random random;
    private final Clock clock;
    private final String subject;
    final List<Quota> quotas;
    private final int requests;
    private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Long> acceptedCreations = new ConcurrentLinkedQueue<>();

    RandomSchedule(long seed, Clock clock) {
        random = new Random(seed);
        this.clock = clock;
        subject = "key:" + seed;
        boolean large = random.nextInt(LARGE_ONE_IN) == 0;
        int limit = large ? 1_001 + random.nextInt(50) : 1 + random.nextInt(40);
        quotas = List.of(
                new Quota(RateClass.DEFAULT, limit),
                new Quota(RateClass.POST_CREATION, 1 + random.nextInt(large ? 1_100 : 30)));
        requests = large ? 200 : 1 + random.nextInt(8);
    }

    /** A clock that callers move while they are using it; each remembers what it was told last. */
    static final class Clock implements InstantSource {

        private final AtomicLong millis = new AtomicLong(1_795_426_200_000L);
        private final ThreadLocal<Long> told = ThreadLocal.withInitial(() -> 0L);

        @Override
        public Instant instant() {
            long now = millis.get();
            told.set(now);
            return Instant.ofEpochMilli(now);
        }

        void advance(long by) {
            millis.addAndGet(by);
        }

        long told() {
            return told.get();
        }
    }

    /** Lets everybody run against the limiter. */
    void run(RateLimiter limiter, ExecutorService threads) {
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long seed = random.nextLong();
            callers.add(() -> call(limiter, new Random(seed)));
        }
        try {
            for (Future<Void> caller : threads.invokeAll(callers)) {
                caller.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Void call(RateLimiter limiter, Random random) {
        for (int i = 0; i < requests; i++) {
            if (random.nextInt(4) == 0) {
                clock.advance(random.nextInt(requests > 100 ? 400 : 20_000));
            }
            boolean creation = random.nextBoolean();
            if (limiter.admit(subject, quotas(creation)).admitted()) {
                accepted.add(clock.told());
                if (creation) {
                    acceptedCreations.add(clock.told());
                }
            }
        }
        return null;
    }

    private List<Quota> quotas(boolean creation) {
        return creation ? quotas : quotas.subList(0, 1);
    }

    int accepted() {
        return accepted.size();
    }

    /** What is wrong with what was accepted; empty when nothing is. */
    String broken() {
        int most = WindowCount.most(accepted);
        int mostCreations = WindowCount.most(acceptedCreations);
        boolean over = most > quotas.getFirst().limit()
                || mostCreations > quotas.getLast().limit();
        return over ? most + " and " + mostCreations + " in a window, with " + quotas : "";
    }

    /** Asks until it is refused, and then whether Retry-After is the first second that passes. */
    String brokenRetryAfter(RateLimiter limiter) {
        Ruling ruling = limiter.admit(subject, quotas);
        while (ruling.admitted()) {
            ruling = limiter.admit(subject, quotas);
        }
        long wait = ruling.retryAfter();
        clock.advance((wait - 1) * 1_000);
        if (limiter.admit(subject, quotas).admitted()) {
            return "a second before " + wait + " it passes, with " + quotas;
        }
        clock.advance(1_000);
        return limiter.admit(subject, quotas).admitted() ? "" : "after " + wait + " it does not pass, with " + quotas;
    }
}
