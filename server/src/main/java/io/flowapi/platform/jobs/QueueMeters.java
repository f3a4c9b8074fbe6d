package io.flowapi.platform.jobs;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Depth and lag of the queue, read from its table: alike on every node of one database. */
public final class QueueMeters {

    private final InstantSource clock;
    private final MultiGauge jobs;
    private final MultiGauge oldestDue;
    private final MultiGauge heartbeat;

    private QueueMeters(Metrics metrics, InstantSource clock) {
        this.clock = clock;
        jobs = MultiGauge.builder("flow.queue.jobs")
                .description("Jobs in the queue: due and not taken yet, held by a worker, or given up")
                .register(metrics.registry());
        oldestDue = MultiGauge.builder("flow.queue.oldest.due.age")
                .description("For how long the job has been due that waits longest; 0 when none is due")
                .baseUnit("seconds")
                .register(metrics.registry());
        heartbeat = MultiGauge.builder("flow.worker.heartbeat.age")
                .description("How long ago any worker was last seen; missing when none ever was")
                .baseUnit("seconds")
                .register(metrics.registry());
    }

    public static void register(Metrics metrics, Database database, JobQueue queue, InstantSource clock) {
        QueueMeters meters = new QueueMeters(metrics, clock);
        metrics.ask("queue", () -> database.read(tx -> queue.figures(tx, clock.instant())), meters::show);
    }

    private void show(@Nullable QueueFigures figures) {
        if (figures == null) {
            List.of(jobs, oldestDue, heartbeat).forEach(gauge -> gauge.register(List.of(), true));
            return;
        }
        jobs.register(
                List.of(
                        Row.of(Tags.of("state", "due"), figures.due()),
                        Row.of(Tags.of("state", "running"), figures.running()),
                        Row.of(Tags.of("state", "dead"), figures.dead())),
                true);
        oldestDue.register(List.of(Row.of(Tags.empty(), age(figures.oldestDue(), 0))), true);
        heartbeat.register(
                figures.lastHeartbeat() == null
                        ? List.of()
                        : List.of(Row.of(Tags.empty(), age(figures.lastHeartbeat(), 0))),
                true);
    }

    private double age(@Nullable Instant since, double none) {
        return since == null ? none : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
