package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work on its way from its caller to a database thread and back. */
final class QueuedWork<T extends @Nullable Object> {
    private enum State {
        QUEUED,
        TAKEN,
        WITHDRAWN,
        DONE
    }

    private final Transaction<T> work;
    private final long deadlineNanos;
    private final Consumer<Throwable> onFailure;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final CountDownLatch answered = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    /**
     * @param onFailure told of a failure besides the caller, if one waits at all
     */
    QueuedWork(Transaction<T> work, Duration patience, Consumer<Throwable> onFailure) {
        this.work = work;
        this.onFailure = onFailure;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /** Waits for the turn until the time is over; once taken, for the outcome however long it takes. */
    T await() {
        boolean interrupted = Thread.interrupted();
        while (!done()) {
            try {
                if (!answered.await(nanosLeft(), TimeUnit.NANOSECONDS) && withdraw()) {
                    break;
                }
                if (late()) {
                    answered.await();
                }
            } catch (InterruptedException keepWaiting) {
                // The outcome is on its way and must not be lost; the caller sees the interrupt afterwards.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome();
    }

    boolean take() {
        return state.compareAndSet(State.QUEUED, State.TAKEN);
    }

    boolean late() {
        return nanosLeft() <= 0;
    }

    /** May be called again when the first outcome was lost. */
    void run(SqliteSession session) {
        result = null;
        failure = null;
        try {
            result = session.run(work);
        } catch (Throwable thrown) {
            // An Error belongs to whoever sent the work, not to the thread that serves everybody.
            failure = thrown;
        }
    }

    boolean failed() {
        return failure != null;
    }

    void fail(Throwable reason) {
        result = null;
        failure = reason;
    }

    void answer() {
        Throwable reason = failure;
        if (reason != null) {
            onFailure.accept(reason);
        }
        state.set(State.DONE);
        answered.countDown();
    }

    /** For work of whose outcome nothing is known. */
    void abandon(Throwable reason) {
        take();
        if (state.get() == State.TAKEN) {
            fail(reason);
            answer();
        }
    }

    private boolean done() {
        return state.get() == State.DONE;
    }

    private boolean withdraw() {
        return state.compareAndSet(State.QUEUED, State.WITHDRAWN);
    }

    private long nanosLeft() {
        return deadlineNanos - System.nanoTime();
    }

    private T outcome() {
        if (state.get() == State.WITHDRAWN) {
            throw new DatabaseFailure(Reason.OVERLOADED, "The database was too busy to start the work in time.", null);
        }
        switch (failure) {
            case null -> {
                return result;
            }
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case Throwable undeclared -> throw new UndeclaredThrowableException(undeclared);
        }
    }
}
