package io.flowapi.platform.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that is asked on a thread of its own, because it may not answer; never twice at a time. */
final class Question<T> {

    private static final System.Logger LOG = System.getLogger(Question.class.getName());

    private final String name;
    private final Callable<T> question;
    private final Consumer<@Nullable T> shown;
    private @Nullable FutureTask<T> asked;

    Question(String name, Callable<T> question, Consumer<@Nullable T> shown) {
        this.name = name;
        this.question = question;
        this.shown = shown;
    }

    void start() {
        if (asked == null || asked.isDone()) {
            asked = new FutureTask<>(question);
            // Not virtual: what hangs in a driver would keep a carrier that requests need.
            Thread.ofPlatform().daemon().name("metrics-" + name).start(asked);
        }
    }

    void show(long deadline) {
        shown.accept(answer(deadline));
    }

    private @Nullable T answer(long deadline) {
        FutureTask<T> answering = asked;
        if (answering == null) {
            return null;
        }
        try {
            return answering.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            LOG.log(System.Logger.Level.DEBUG, name, failed.getCause());
        } catch (TimeoutException late) {
            LOG.log(System.Logger.Level.DEBUG, "{0} does not answer", name);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
