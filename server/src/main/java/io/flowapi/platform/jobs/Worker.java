package io.flowapi.platform.jobs;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.platform.db.Engine;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.faults.FaultReports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes due jobs from the queue, as many as their lanes have room for, and runs each on a thread of its own. Sleeps until
 * the next one is due, or until it is woken. By a clock that is wrong it does nothing, and so does not count as alive. The
 * lease only avoids double work: that nothing is sent twice is decided by what a job has committed.
 */
public final class Worker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration WORKER_FORGOTTEN_AFTER = Duration.ofMinutes(5);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** A thousand jobs that end in one second are not a thousand reasons to look. */
    private static final Duration LOOKS_APART = Duration.ofMillis(10);

    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final Database database;
    private final JobQueue queue;
    private final DeadJobStore dead;
    private final ServerClock clock;
    private final Map<String, Job> jobs;
    private final FaultReports faults;
    private final UUID id = UUID.randomUUID();
    private final Lanes lanes;
    private final Semaphore wakeUps = new Semaphore(0);
    private final GivingBack givingBack;
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread loop = Thread.ofPlatform().name("flow-worker").unstarted(this::loop);
    private volatile boolean stopping;
    private Instant lastBeat = Instant.MIN;
    private long lastLookNanos = System.nanoTime();

    public Worker(Database database, JobQueue queue, ServerClock clock, List<Job> jobs, FaultReports faults) {
        this.database = database;
        this.queue = queue;
        this.dead = new DeadJobStore(queue);
        this.clock = clock;
        this.jobs = jobs.stream().collect(Collectors.toMap(Job::kind, Function.identity()));
        this.faults = faults;
        this.givingBack = new GivingBack(database, queue, clock);
        this.lanes =
                new Lanes(jobs.stream().flatMap(job -> job.lanes().stream()).toList());
    }

    /** Starts taking jobs; those of a crashed server on this embedded database at once. */
    public void start() {
        recover();
        loop.start();
        database.onSignal(this::wake);
    }

    /** What a start does first; on its own for tests that step the queue. */
    public void recover() {
        if (database.engine() == Engine.SQLITE) {
            database.write(tx -> {
                queue.voidLeases(tx);
                return null;
            });
        }
    }

    /** Looks at the queue now rather than at the next due time. */
    public void wake() {
        wakeUps.release();
    }

    /** Something was put into the queue: the workers of other servers look too. */
    public void wakeAll() {
        wake();
        database.signal();
    }

    /** Runs everything that is due by the clock, on this thread, until nothing is: for tests with a clock of their own. */
    public void runDueJobs() {
        if (!clock.agrees()) {
            return;
        }
        beat();
        givingBack.all();
        List<Claim> due = claim(turns());
        while (!due.isEmpty()) {
            due.forEach(this::run);
            due = claim(turns());
        }
    }

    /** This thread must outlive every fault: without it nothing goes out any more. */
    private void loop() {
        while (!stopping) {
            try {
                if (clock.agrees()) {
                    work();
                } else {
                    await(HEARTBEAT);
                }
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.WARNING, "the queue cannot be worked on", fault);
                await(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void work() {
        LockSupport.parkNanos(lastLookNanos + LOOKS_APART.toNanos() - System.nanoTime());
        lastLookNanos = System.nanoTime();
        beat();
        givingBack.all();
        List<Turn> turns = turns();
        if (takeDue(turns) == 0) {
            sleep(turns);
        }
    }

    /** Whose turn it is in the lanes that are not full. */
    private List<Turn> turns() {
        Set<String> open = lanes.room().keySet();
        return open.isEmpty() ? List.of() : database.read(tx -> queue.turns(tx, jobs.keySet(), open));
    }

    private int takeDue(List<Turn> turns) {
        List<Claim> due = claim(turns);
        for (Claim claim : due) {
            lanes.enter(claim.lane());
            running.execute(() -> {
                try {
                    run(claim);
                } finally {
                    lanes.leave(claim.lane());
                    wake();
                }
            });
        }
        return due.size();
    }

    private List<Claim> claim(List<Turn> turns) {
        Instant now = clock.instant();
        List<Turn> due =
                turns.stream().filter(turn -> !turn.dueAt().isAfter(now)).toList();
        return due.isEmpty() ? List.of() : claim(due, now);
    }

    private List<Claim> claim(List<Turn> due, Instant now) {
        UUID taking = UUID.randomUUID();
        try {
            return database.write(tx -> claim(tx, taking, due, now));
        } catch (RuntimeException | Error gone) {
            givingBack.unanswered(taking);
            throw gone;
        }
    }

    private List<Claim> claim(Handle tx, UUID taking, List<Turn> due, Instant now) {
        Map<String, Integer> room = lanes.room();
        List<Claim> claims = new ArrayList<>();
        for (Turn turn : due) {
            List<Claim> taken = queue.claim(tx, taking, jobs.keySet(), turn, now, room.getOrDefault(turn.lane(), 0));
            room.merge(turn.lane(), -taken.size(), Integer::sum);
            claims.addAll(taken);
        }
        return claims;
    }

    /** The one place where a fault in a job is caught, an error of the machine too: it must not stop the others. */
    private void run(Claim claim) {
        try {
            jobs.get(claim.kind()).run(claim);
        } catch (LeaseLostException lost) {
            LOG.log(System.Logger.Level.INFO, lost.getMessage());
        } catch (DatabaseFailure gone) {
            LOG.log(System.Logger.Level.WARNING, () -> claim.kind() + " " + claim.subject(), gone);
            givingBack.retryLater(claim);
        } catch (RuntimeException | Error fault) {
            faults.report(fault, Map.of("operation", claim.kind(), "subject", claim.subject()));
            if (claim.attempts() < Claim.ATTEMPTS_MAX || !giveUp(claim, fault)) {
                LOG.log(System.Logger.Level.ERROR, () -> claim.kind() + " " + claim.subject(), fault);
                givingBack.retryLater(claim);
            }
        }
    }

    /** False when even that cannot be done now: then it is tried again with the job. */
    private boolean giveUp(Claim claim, Throwable fault) {
        try {
            database.write(tx -> {
                jobs.get(claim.kind()).gaveUp(tx, claim);
                dead.bury(tx, claim, fault, clock.instant());
                return null;
            });
            LOG.log(System.Logger.Level.ERROR, () -> claim.kind() + " " + claim.subject() + " is given up", fault);
            return true;
        } catch (LeaseLostException lost) {
            LOG.log(System.Logger.Level.INFO, lost.getMessage());
            return true;
        } catch (RuntimeException again) {
            fault.addSuppressed(again);
            return false;
        }
    }

    private void beat() {
        Instant now = clock.instant();
        if (now.isBefore(lastBeat.plus(HEARTBEAT))) {
            return;
        }
        database.write(tx -> {
            queue.heartbeat(tx, id, now);
            queue.forgetWorkers(tx, now.minus(WORKER_FORGOTTEN_AFTER));
            queue.endLeases(tx, now);
            return null;
        });
        lastBeat = now;
    }

    /** Until the next is due; but not at once when that is over and nothing could be taken, as others hold it. */
    private void sleep(List<Turn> turns) {
        Instant now = clock.instant();
        Duration wait = turns.stream()
                .map(turn -> Duration.between(now, turn.dueAt()))
                .min(Comparator.naturalOrder())
                .filter(untilDue -> untilDue.compareTo(HEARTBEAT) < 0)
                .orElse(HEARTBEAT);
        await(wait.isPositive() ? wait : LOOK_AGAIN);
    }

    private void await(Duration time) {
        try {
            if (time.isPositive() && wakeUps.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Takes nothing more and waits for what is running; what does not end is found again by its lease. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            if (loop.isAlive()) {
                loop.join(STOP_WAIT);
            }
            running.shutdown();
            if (!running.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "stopped with jobs still running");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
