package io.flowapi.platform.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Callers on virtual threads and what each of them was told. */
final class Callers {
    private final List<Thread> threads = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Object>> outcomes = new ArrayList<>();

    static Callers start(int count, IntFunction<Callable<?>> work) {
        Callers callers = new Callers();
        IntStream.range(0, count).forEach(i -> callers.add(work.apply(i)));
        return callers;
    }

    void add(Callable<?> work) {
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        outcomes.add(outcome);
        threads.add(Thread.startVirtualThread(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable thrown) {
                outcome.completeExceptionally(thrown);
            }
        }));
    }

    /** Each starts when the one before it waits in the queue, so that they are served in their order. */
    static Callers queue(int count, IntFunction<Callable<?>> work) {
        Callers callers = new Callers();
        IntStream.range(0, count).forEach(i -> {
            callers.add(work.apply(i));
            awaitQueued(callers.thread(i));
        });
        return callers;
    }

    private static void awaitQueued(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    Thread thread(int caller) {
        return threads.get(caller);
    }

    /** What each caller's work threw, null for those that were answered. */
    List<@Nullable Throwable> failures() {
        return outcomes.stream().map(Callers::failure).toList();
    }

    private static @Nullable Throwable failure(CompletableFuture<?> outcome) {
        try {
            outcome.join();
            return null;
        } catch (CompletionException failed) {
            return failed.getCause();
        }
    }
}
