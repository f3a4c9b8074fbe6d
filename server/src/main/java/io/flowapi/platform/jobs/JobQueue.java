package io.flowapi.platform.jobs;

import static java.util.stream.Collectors.joining;

import io.flowapi.platform.ids.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** The jobs table. */
public final class JobQueue {

    /** Longer than the longest job; a crash on the embedded database does not wait for it. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private final Ids ids;

    public JobQueue(Ids ids) {
        this.ids = ids;
    }

    /** Adds a job, or moves the one of this kind and subject to the new time unless it is running. */
    public void enqueue(Handle tx, Work work, Instant dueAt) {
        tx.createUpdate("""
                        insert into jobs (id, kind, subject, lane, priority, due_at, state, attempts, fence)
                        values (:id, :kind, :subject, :lane, :priority, :dueAt, 'ready', 0, 0)
                        on conflict (kind, subject) do update
                        set due_at = excluded.due_at, priority = excluded.priority, state = 'ready'
                        where jobs.state <> 'running'
                        """)
                .bind("id", ids.next())
                .bind("kind", work.kind())
                .bind("subject", work.subject())
                .bind("lane", work.lane())
                .bind("priority", work.priority().rank())
                .bind("dueAt", dueAt)
                .execute();
    }

    public void cancel(Handle tx, String kind, String subject) {
        for (String table : List.of("jobs", "dead_jobs")) {
            tx.createUpdate("delete from " + table + " where kind = :kind and subject = :subject")
                    .bind("kind", kind)
                    .bind("subject", subject)
                    .execute();
        }
    }

    /** The next job of each priority in each of these lanes, as far as there is one; those that go first are first. */
    List<Turn> turns(Handle tx, Collection<String> kinds, Collection<String> lanes) {
        List<String> names = List.copyOf(lanes);
        Query query = tx.createQuery(IntStream.range(0, names.size())
                        .mapToObj(JobQueue::turnsInLane)
                        .collect(joining(" union all ", "", " order by priority")))
                .bindList("kinds", List.copyOf(kinds));
        for (int lane = 0; lane < names.size(); lane++) {
            query.bind("lane" + lane, names.get(lane));
        }
        return query.map(row -> new Turn(
                        row.getColumn("lane", String.class),
                        Priority.of(row.getColumn("priority", Integer.class)),
                        row.getColumn("due_at", Instant.class)))
                .list();
    }

    /** Each part is the first entry of a stretch of the index, however much is scheduled behind it. */
    private static String turnsInLane(int lane) {
        return Stream.of(Priority.values())
                .map(priority -> """
                        select * from (
                          select lane, priority, due_at from jobs
                          where state = 'ready' and lane = :lane%1$d and priority = %2$d and kind in (<kinds>)
                          order by due_at
                          limit 1) as turn_%1$d_%2$d
                        """.formatted(lane, priority.rank()))
                .collect(joining(" union all "));
    }

    /**
     * Takes the due jobs whose turn it is; skips what another worker is taking.
     *
     * @param taking under which they can be given back by a worker that has not learned what it took
     */
    List<Claim> claim(Handle tx, UUID taking, Collection<String> kinds, Turn turn, Instant now, int limit) {
        // Materialized: a planner that ran the inner select again would take more than the limit.
        return tx
                .createQuery("""
                        with due as materialized (
                          select id from jobs
                          where state = 'ready' and lane = :lane and priority = :priority and due_at <= :now
                            and kind in (<kinds>)
                          order by due_at
                          limit :limit <skipLocked>)
                        update jobs
                        set state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = :leaseUntil,
                            taken_by = :taking
                        where id in (select id from due)
                        returning id, kind, subject, lane, due_at, attempts, fence
                        """)
                .bind("lane", turn.lane())
                .bind("priority", turn.priority().rank())
                .bindList("kinds", List.copyOf(kinds))
                .bind("now", now)
                .bind("leaseUntil", now.plus(LEASE))
                .bind("taking", taking)
                .bind("limit", limit)
                .map(row -> claim(row, now))
                .list()
                .stream()
                // An update returns its rows in no order.
                .sorted(Comparator.comparing(Claim::dueAt))
                .toList();
    }

    private static Claim claim(RowView row, Instant now) {
        return new Claim(
                row.getColumn("id", UUID.class),
                row.getColumn("kind", String.class),
                row.getColumn("subject", String.class),
                row.getColumn("lane", String.class),
                row.getColumn("due_at", Instant.class),
                row.getColumn("attempts", Integer.class),
                row.getColumn("fence", Long.class),
                now);
    }

    /** Ends the job; nothing of it stays. */
    public void complete(Handle tx, Claim claim) {
        int done = tx.createUpdate("delete from jobs where id = :id and fence = :fence")
                .bind("id", claim.id())
                .bind("fence", claim.fence())
                .execute();
        held(done, claim);
    }

    /** Gives the job back, to be run again at that time; all went well so far. */
    public void reschedule(Handle tx, Claim claim, Instant dueAt) {
        giveBack(tx, claim, dueAt, 0);
    }

    /** As above, for what goes on as work of another priority. */
    public void reschedule(Handle tx, Claim claim, Priority priority, Instant dueAt) {
        giveBack(tx, claim, dueAt, 0);
        tx.createUpdate("update jobs set priority = :priority where id = :id")
                .bind("priority", priority.rank())
                .bind("id", claim.id())
                .execute();
    }

    /** Gives back a job that failed. */
    void retry(Handle tx, Claim claim, Instant dueAt) {
        giveBack(tx, claim, dueAt, claim.attempts());
    }

    private static void giveBack(Handle tx, Claim claim, Instant dueAt, int attempts) {
        int done = tx.createUpdate("""
                        update jobs set state = 'ready', due_at = :dueAt, attempts = :attempts, lease_until = null
                        where id = :id and fence = :fence
                        """)
                .bind("dueAt", dueAt)
                .bind("attempts", attempts)
                .bind("id", claim.id())
                .bind("fence", claim.fence())
                .execute();
        held(done, claim);
    }

    /** Gives back what was taken without its worker's knowledge: nothing of it has begun. */
    void giveBack(Handle tx, UUID taking) {
        tx.createUpdate("""
                        update jobs set state = 'ready', attempts = attempts - 1, lease_until = null
                        where taken_by = :taking and state = 'running'
                        """).bind("taking", taking).execute();
    }

    /** Refuses the transaction of a worker that has lost its lease, and renews the lease of one that has not. */
    public void hold(Handle tx, Claim claim, Instant now) {
        int held = tx.createUpdate("update jobs set lease_until = :leaseUntil where id = :id and fence = :fence")
                .bind("leaseUntil", now.plus(LEASE))
                .bind("id", claim.id())
                .bind("fence", claim.fence())
                .execute();
        held(held, claim);
    }

    private static void held(int rows, Claim claim) {
        if (rows == 0) {
            throw new LeaseLostException(claim);
        }
    }

    /** After a crash on a database of its own, no worker of before can come back. */
    void voidLeases(Handle tx) {
        tx.execute("update jobs set state = 'ready', lease_until = null where state = 'running'");
    }

    /** Makes ready again what a worker took that did not come back in time. */
    void endLeases(Handle tx, Instant now) {
        tx.createUpdate("""
                        with over as materialized (
                          select id from jobs where state = 'running' and lease_until <= :now <skipLocked>)
                        update jobs set state = 'ready', lease_until = null where id in (select id from over)
                        """).bind("now", now).execute();
    }

    /** The due time of the job that waits longest. */
    Optional<Instant> oldestReady(Handle tx) {
        return tx.createQuery("select min(due_at) as due from jobs where state = 'ready'")
                .map(row -> Optional.ofNullable(row.getColumn("due", Instant.class)))
                .one();
    }

    QueueFigures figures(Handle tx, Instant now) {
        return tx.createQuery("""
                        select (select count(*) from jobs where state = 'ready' and due_at <= :now) as due,
                               (select count(*) from jobs where state = 'running') as running,
                               (select count(*) from dead_jobs) as dead,
                               (select min(due_at) from jobs where state = 'ready' and due_at <= :now) as oldest,
                               (select max(heartbeat_at) from workers) as beat
                        """)
                .bind("now", now)
                .map(row -> new QueueFigures(
                        row.getColumn("due", Long.class),
                        row.getColumn("running", Long.class),
                        row.getColumn("dead", Long.class),
                        row.getColumn("oldest", Instant.class),
                        row.getColumn("beat", Instant.class)))
                .one();
    }

    void heartbeat(Handle tx, UUID worker, Instant now) {
        tx.createUpdate("""
                        insert into workers (id, heartbeat_at) values (:id, :now)
                        on conflict (id) do update set heartbeat_at = excluded.heartbeat_at
                        """).bind("id", worker).bind("now", now).execute();
    }

    void forgetWorkers(Handle tx, Instant before) {
        tx.createUpdate("delete from workers where heartbeat_at < :before")
                .bind("before", before)
                .execute();
    }

    Optional<Instant> lastHeartbeat(Handle tx) {
        return tx.createQuery("select max(heartbeat_at) as beat from workers")
                .map(row -> Optional.ofNullable(row.getColumn("beat", Instant.class)))
                .one();
    }
}
