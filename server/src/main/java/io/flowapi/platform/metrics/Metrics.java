package io.flowapi.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The figures of this process, as Prometheus reads them. Only {@code *Meters} classes add to them. */
public final class Metrics implements AutoCloseable {

    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** How old an answer may be: what is asked must not be asked more often because somebody reads the figures. */
    private static final Duration ANSWER_AGE_MAX = Duration.ofSeconds(1);

    /** Less than any reader's patience: when the database hangs, the figures are wanted most. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(2);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Question<?>> questions = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> closedWithThis = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private @Nullable Instant askedAt;

    public Metrics(InstantSource clock) {
        this.clock = clock;
    }

    /** For the {@code *Meters} classes. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * A figure that somebody else has to be asked for, each time the figures are read; at most once a second.
     *
     * @param shown is told the answer, or null when there was none in time: then the figure must not show an old one
     */
    public <T> void ask(String name, Callable<T> question, Consumer<@Nullable T> shown) {
        questions.add(new Question<>(name, question, shown));
    }

    public void closeWithThis(AutoCloseable meters) {
        closedWithThis.add(meters);
    }

    /** All figures as they are now. */
    public synchronized byte[] text() {
        Instant now = clock.instant();
        if (askedAt == null || Duration.between(askedAt, now).abs().compareTo(ANSWER_AGE_MAX) >= 0) {
            askedAt = now;
            questions.forEach(Question::start);
            long deadline = System.nanoTime() + ANSWER_WAIT_MAX.toNanos();
            questions.forEach(question -> question.show(deadline));
        }
        return registry.scrape().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        for (AutoCloseable meters : closedWithThis) {
            try {
                meters.close();
            } catch (Exception ignored) {
                // A listener of the JVM that cannot be taken off costs nothing.
            }
        }
        registry.close();
    }
}
