package io.flowapi.platform.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The dead_jobs table: what was given up, for a person to look at and to run again. */
public final class DeadJobStore {

    private final JobQueue queue;

    public DeadJobStore(JobQueue queue) {
        this.queue = queue;
    }

    /** @param fault the class of what was thrown last; the log has the rest */
    public record Dead(UUID id, String kind, String subject, int attempts, String fault, Instant diedAt) {}

    /** Takes the job out of the queue and keeps it. */
    void bury(Handle tx, Claim claim, Throwable fault, Instant now) {
        tx.createUpdate("""
                        insert into dead_jobs (id, kind, subject, lane, priority, attempts, fault, died_at)
                        select id, kind, subject, lane, priority, attempts, :fault, :now from jobs where id = :id
                        on conflict (kind, subject) do update
                        set id = excluded.id, lane = excluded.lane, priority = excluded.priority,
                            attempts = excluded.attempts, fault = excluded.fault, died_at = excluded.died_at
                        """)
                .bind("id", claim.id())
                .bind("fault", fault.getClass().getName())
                .bind("now", now)
                .execute();
        queue.complete(tx, claim);
    }

    /** Those that have been dead for longest first. */
    public List<Dead> list(Handle tx, int limit) {
        return tx.createQuery("""
                        select id, kind, subject, attempts, fault, died_at
                        from dead_jobs
                        order by died_at, id
                        limit :limit
                        """)
                .bind("limit", limit)
                .map(row -> new Dead(
                        row.getColumn("id", UUID.class),
                        row.getColumn("kind", String.class),
                        row.getColumn("subject", String.class),
                        row.getColumn("attempts", Integer.class),
                        row.getColumn("fault", String.class),
                        row.getColumn("died_at", Instant.class)))
                .list();
    }

    public static long count(Handle tx) {
        return tx.createQuery("select count(*) as n from dead_jobs")
                .map(row -> row.getColumn("n", Long.class))
                .one();
    }

    /** Puts a job back into the queue, due now and as if it had never failed; empty when it is not dead. */
    public Optional<String> revive(Handle tx, UUID id, Instant now) {
        Optional<Work> dead = tx.createQuery(
                        "delete from dead_jobs where id = :id returning kind, subject, lane, priority")
                .bind("id", id)
                .map(row -> new Work(
                        row.getColumn("kind", String.class),
                        row.getColumn("subject", String.class),
                        row.getColumn("lane", String.class),
                        Priority.of(row.getColumn("priority", Integer.class))))
                .findOne();
        dead.ifPresent(work -> queue.enqueue(tx, work, now));
        return dead.map(Work::kind);
    }
}
