package io.flowapi.platform.db;

import java.util.concurrent.CountDownLatch;

/** Keeps the writer thread busy, so that what is queued meanwhile becomes one batch. */
final class HeldWriter {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Callers holder;

    private HeldWriter(Database database) {
        holder = Callers.start(
                1,
                caller -> () -> database.write(tx -> {
                    held.countDown();
                    await(released);
                    return null;
                }));
        await(held);
    }

    static HeldWriter of(Database database) {
        return new HeldWriter(database);
    }

    void release() {
        released.countDown();
    }

    /** Releases it and returns when it is free for the next batch. */
    void releaseAndWait() {
        release();
        holder.failures();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
