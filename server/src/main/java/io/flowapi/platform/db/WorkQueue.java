package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** A bounded queue that callers wait at and that one or more database threads serve. */
final class WorkQueue {
    private static final Logger LOG = System.getLogger(WorkQueue.class.getName());

    private final BlockingQueue<QueuedWork<?>> queue;
    private final Duration patience;
    private volatile boolean closing;

    WorkQueue(int max, Duration patience) {
        this.queue = new ArrayBlockingQueue<>(max);
        this.patience = patience;
    }

    <T extends @Nullable Object> T submit(Transaction<T> work) {
        if (closing) {
            throw new DatabaseFailure(Reason.UNAVAILABLE, "The database is being closed.", null);
        }
        QueuedWork<T> queued = new QueuedWork<>(work, patience, heardByItsCaller -> {});
        if (!queue.offer(queued)) {
            throw new DatabaseFailure(Reason.OVERLOADED, "The queue of the database is full.", null);
        }
        return queued.await();
    }

    void submitLater(Transaction<?> work) {
        if (!closing) {
            queue.offer(new QueuedWork<>(
                    work, patience, failure -> LOG.log(Level.WARNING, "A write nobody waits for failed.", failure)));
        }
    }

    /** The next work, waiting for it; null when the queue is closed and empty. */
    @Nullable
    QueuedWork<?> next() {
        while (!closing) {
            try {
                return queue.take();
            } catch (InterruptedException closed) {
                // Only close() interrupts: the loop's condition decides.
            }
        }
        return queue.poll();
    }

    List<QueuedWork<?>> drain(int max) {
        List<QueuedWork<?>> drained = new ArrayList<>();
        queue.drainTo(drained, max);
        return drained;
    }

    int length() {
        return queue.size();
    }

    /** The caller interrupts the serving threads afterwards, so that they see it. */
    void close() {
        closing = true;
    }
}
