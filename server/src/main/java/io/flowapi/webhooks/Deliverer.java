package io.flowapi.webhooks;

import io.flowapi.events.EventLog;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.platform.db.Engine;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.webhooks.DueDeliveryStore.Claimed;
import io.flowapi.webhooks.DueDeliveryStore.Turn;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes due deliveries, of each webhook as many as it has places, and makes each attempt on a thread of its own. Whatever is
 * lost with a process is sent again when its lease has ended, under the same id: at least once.
 */
public final class Deliverer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deliverer.class.getName());

    /** Of one process: each is a virtual thread, a connection and the body of an event. */
    private static final int PLACES_MAX = 1024;
    /** So many webhooks in one transaction that nobody who writes waits for long. */
    static final int WEBHOOKS_AT_ONCE = 64;

    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    /** A thousand attempts that end in one second are not a thousand reasons to look. */
    private static final Duration LOOKS_APART = Duration.ofMillis(5);

    static final Limits LIMITS = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), PLACES_MAX);
    /** For what only has to be written. */
    private static final Duration WRITE_WAIT = Duration.ofSeconds(5);

    private final Database database;
    private final ServerClock clock;
    private final DeliveryClaims claims;
    private final AttemptSender sender;
    private final DeliveryOutcomes outcomes;
    private final FaultReports faults;
    private final Duration stopWait;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread loop = Thread.ofPlatform().name("flow-deliverer").unstarted(this::loop);
    private volatile boolean stopping;
    private long lastLookNanos = System.nanoTime();

    /** What the rest of the installation gives it. */
    public record Surroundings(
            Database database, EventLog events, Vault vault, Ids ids, ServerClock clock, Metrics metrics) {}

    /**
     * @param attempt how long one may take in total: names, connection, TLS, request and answer
     * @param stop how long a stop waits for attempts to end by themselves
     * @param places how many are under way at a time
     */
    record Limits(Duration attempt, Duration stop, int places) {}

    /** @param guard vets each address each time */
    public static Deliverer of(Surroundings flow, UrlGuard guard, FaultReports faults) {
        return of(flow, guard, faults, LIMITS);
    }

    /** With other limits, for tests that reach them. */
    static Deliverer of(Surroundings flow, UrlGuard guard, FaultReports faults, Limits limits) {
        DueDeliveryStore deliveries = new DueDeliveryStore(flow.ids());
        WebhookStore webhooks = new WebhookStore(flow.ids(), flow.clock(), flow.events(), flow.vault());
        WebhookSecretStore secrets = new WebhookSecretStore(flow.vault(), flow.ids(), flow.clock());
        OutgoingHttp http = OutgoingHttp.cutting(guard, KeptResponse.READ_MAX);
        return new Deliverer(
                flow.database(),
                flow.clock(),
                new DeliveryClaims(flow.database(), deliveries, webhooks, secrets, flow.events(), flow.clock()),
                new AttemptSender(http, flow.clock(), limits.attempt()),
                new DeliveryOutcomes(
                        flow.database(),
                        deliveries,
                        webhooks,
                        new DeliverySchedule(new SecureRandom()),
                        flow.clock(),
                        new WebhookMeters(
                                flow.metrics(),
                                () -> flow.database()
                                        .read(tx -> deliveries.waiting(
                                                tx, flow.clock().instant())),
                                flow.clock())),
                faults,
                limits);
    }

    Deliverer(
            Database database,
            ServerClock clock,
            DeliveryClaims claims,
            AttemptSender sender,
            DeliveryOutcomes outcomes,
            FaultReports faults,
            Limits limits) {
        this.database = database;
        this.clock = clock;
        this.claims = claims;
        this.sender = sender;
        this.outcomes = outcomes;
        this.faults = faults;
        this.stopWait = limits.stop();
        this.places = new Semaphore(limits.places());
    }

    /** Starts taking deliveries; those of a crashed server on this embedded database at once. */
    public void start() {
        if (database.engine() == Engine.SQLITE) {
            claims.voidAll();
        }
        loop.start();
        database.onSignal(this::wake);
    }

    /** Looks at once rather than when the next is due. */
    public void wake() {
        wakeUps.release();
    }

    /** Makes every attempt that is due by the clock, and returns when nothing is: for tests with a clock of their own. */
    public void deliverDue() {
        if (!clock.agrees()) {
            return;
        }
        List<Future<?>> attempts = takeDue(claims.turns(WEBHOOKS_AT_ONCE));
        while (!attempts.isEmpty()) {
            attempts.forEach(Deliverer::finish);
            attempts = takeDue(claims.turns(WEBHOOKS_AT_ONCE));
        }
    }

    private static void finish(Future<?> attempt) {
        try {
            attempt.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        }
    }

    /** This thread must outlive every fault: without it nothing is delivered any more. */
    private void loop() {
        while (!stopping) {
            try {
                if (clock.agrees()) {
                    look();
                } else {
                    await(POLL);
                }
            } catch (RuntimeException | Error fault) {
                untaken(fault);
                await(PAUSE_AFTER_FAULT);
            }
        }
    }

    private static void untaken(Throwable fault) {
        try {
            LOG.log(System.Logger.Level.WARNING, "deliveries cannot be taken", fault);
        } catch (RuntimeException | Error _) {
            // Without memory there may be no log either.
        }
    }

    private void look() {
        LockSupport.parkNanos(lastLookNanos + LOOKS_APART.toNanos() - System.nanoTime());
        lastLookNanos = System.nanoTime();
        // What comes from here on is seen by this look or wakes the next.
        wakeUps.drainPermits();
        List<Turn> turns = claims.turns(WEBHOOKS_AT_ONCE);
        if (takeDue(turns).isEmpty()) {
            sleep(turns);
        }
    }

    private List<Future<?>> takeDue(List<Turn> turns) {
        List<Future<?>> attempts = new ArrayList<>();
        for (Claimed claimed : claims.take(turns, places.availablePermits())) {
            places.acquireUninterruptibly();
            attempts.add(begin(claimed));
        }
        return attempts;
    }

    /** What cannot begin was not tried, and comes again when its lease has ended. */
    private Future<?> begin(Claimed claimed) {
        try {
            return running.submit(() -> {
                try {
                    attempt(claimed);
                } finally {
                    places.release();
                    wake();
                }
            });
        } catch (RuntimeException | Error noThread) {
            places.release();
            throw noThread;
        }
    }

    /** The one place where a fault in an attempt is caught, an error of the machine too: it must not stop the others. */
    private void attempt(Claimed claimed) {
        Instant startedAt = clock.instant();
        try {
            make(claimed);
        } catch (DatabaseFailure gone) {
            lost(claimed, gone);
        } catch (RuntimeException | Error fault) {
            failed(claimed, startedAt);
            report(claimed, fault);
        }
    }

    private void make(Claimed claimed) {
        Optional<Dispatch> dispatch = claims.open(claimed);
        if (dispatch.isEmpty()) {
            outcomes.abandon(claimed);
            return;
        }
        Optional<AttemptResult> result = sender.send(dispatch.get());
        if (result.isPresent()) {
            outcomes.settle(claimed, result.get(), dispatch.get().endpoint().url());
        } else {
            outcomes.release(claimed);
        }
    }

    private void failed(Claimed claimed, Instant startedAt) {
        try {
            outcomes.settleFault(claimed, startedAt);
        } catch (RuntimeException | Error fault) {
            lost(claimed, fault);
        }
    }

    private static void lost(Claimed claimed, Throwable fault) {
        LOG.log(System.Logger.Level.WARNING, () -> "what came of delivery " + claimed.id() + " is lost", fault);
    }

    private void report(Claimed claimed, Throwable fault) {
        faults.report(
                fault,
                Map.of("operation", "deliver_event", "subject", claimed.id().toString()));
        LOG.log(System.Logger.Level.ERROR, () -> "delivery " + claimed.id(), fault);
    }

    /** Until the next is due; but not at once when that is over and nothing could be taken, as others hold it. */
    private void sleep(List<Turn> turns) {
        Instant now = clock.instant();
        Duration wait = turns.stream()
                .map(turn -> Duration.between(now, turn.dueAt()))
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .filter(untilDue -> untilDue.compareTo(POLL) < 0)
                .orElse(POLL);
        await(wait);
    }

    private void await(Duration time) {
        try {
            if (wakeUps.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Takes nothing more and waits for what is under way; the rest is broken off and given back. */
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            if (loop.isAlive()) {
                loop.join(WRITE_WAIT);
            }
            running.shutdown();
            if (!running.awaitTermination(stopWait.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "stopped with deliveries under way");
            }
            sender.close();
            running.awaitTermination(WRITE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
