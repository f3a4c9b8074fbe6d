package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import io.flowapi.platform.metrics.Metrics;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

public final class Database implements AutoCloseable {
    private static final String MIGRATIONS = "db/migration";
    /** Of SQLite's one writer it is the line, of the connections to PostgreSQL most of them. */
    private static final Map<Engine, Integer> BACKGROUND_PLACES = Map.of(Engine.SQLITE, 64, Engine.POSTGRESQL, 8);

    private static final ScopedValue<List<Runnable>> AFTER_COMMIT = ScopedValue.newInstance();

    private final Engine engine;
    private final Transactions transactions;
    private final AtomicBoolean exhausted;
    private final DatabaseMeters meters;
    private final List<Runnable> listeners;

    Database(Engine engine, Transactions transactions, Metrics metrics) {
        this.engine = engine;
        this.transactions = transactions;
        this.exhausted = new AtomicBoolean();
        this.meters = new DatabaseMeters(metrics, engine, transactions.waiting());
        this.listeners = new CopyOnWriteArrayList<>();
    }

    private Database(Database foreground, Transactions background) {
        this.engine = foreground.engine;
        this.transactions = background;
        this.exhausted = foreground.exhausted;
        this.meters = foreground.meters;
        this.listeners = foreground.listeners;
    }

    /** The same database for work that can wait for a moment: there may be much of it, and requests find room beside it. */
    public Database background() {
        return new Database(this, new Background(transactions, BACKGROUND_PLACES.get(engine)));
    }

    /** Opens, migrates and starts the writer. */
    public static Database open(DatabaseConfig config, Metrics metrics) {
        return open(config, metrics, MigrationScript.folder(MIGRATIONS));
    }

    /** Opens what is there and leaves its schema as it is: for looking, also beside a server of another version. */
    public static Database attach(DatabaseConfig config) {
        // Nobody reads the figures of one that only looks.
        Metrics metrics = new Metrics(InstantSource.system());
        String url = config.url();
        return url == null
                ? new Database(Engine.SQLITE, SqliteTransactions.attach(config), metrics)
                : new Database(
                        Engine.POSTGRESQL,
                        PostgresTransactions.attach(DatabaseUrl.parse(url), config.timeout()),
                        metrics);
    }

    static Database open(DatabaseConfig config, Metrics metrics, URI migrations) {
        String url = config.url();
        if (url == null) {
            return new Database(Engine.SQLITE, SqliteTransactions.open(config, migrations), metrics);
        }
        return new Database(
                Engine.POSTGRESQL,
                PostgresTransactions.open(DatabaseUrl.parse(url), config.timeout(), migrations),
                metrics);
    }

    /**
     * Runs the work in one transaction and returns after the commit. What the work throws comes out as thrown, its
     * changes undone.
     */
    public <T extends @Nullable Object> T write(Transaction<T> work) {
        refuseInside();
        AtomicReference<List<Runnable>> after = new AtomicReference<>(List.of());
        T result = attempt(tx -> {
            // A run whose commit was lost has told nobody anything: the next one starts anew.
            after.set(new ArrayList<>());
            return inside(work, after.get()).run(tx);
        });
        after.get().forEach(Runnable::run);
        return result;
    }

    private <T extends @Nullable Object> T attempt(Transaction<T> work) {
        try {
            T result = meters.timed("write", () -> transactions.write(work));
            exhausted.set(false);
            return result;
        } catch (DatabaseFailure failure) {
            exhausted.set(failure.reason() == Reason.STORAGE_EXHAUSTED);
            throw failure;
        }
    }

    /** Whether work gets its turn to write. It changes nothing, and so says nothing of room. */
    public boolean takesWrites() {
        refuseInside();
        return transactions.write(inside(tx -> true, List.of()));
    }

    /** Whether the last write found no space. Reading goes on then, so that only a write can tell; a worker writes often. */
    public boolean exhausted() {
        return exhausted.get();
    }

    /**
     * For work that is being written: what to do when its commit has returned, before its caller hears of it. It is not done
     * when the work fails, nor when the process dies in between.
     */
    public static void afterCommit(Runnable what) {
        AFTER_COMMIT.get().add(what);
    }

    /** Runs work that only reads. */
    public <T extends @Nullable Object> T read(Transaction<T> work) {
        refuseInside();
        return meters.timed("read", () -> transactions.read(inside(work, List.of())));
    }

    /** Queues a write nobody waits for; dropped when the queue is full. */
    public void writeLater(Transaction<?> work) {
        transactions.writeLater(inside(work, List.of()));
    }

    /** Tells this server at once, and every other on this database soon, that something was written which may be waited for. */
    public void signal() {
        listeners.forEach(Runnable::run);
        // This may get lost.
        transactions.signal();
    }

    /** What to do when any server signals, until this is closed. It is told of the own signals twice where there are others. */
    public void onSignal(Runnable heard) {
        listeners.add(heard);
        transactions.onSignal(heard);
    }

    public SchemaVersion schemaVersion() {
        int known = MigrationScript.findAll(MigrationScript.folder(MIGRATIONS), engine)
                .size();
        int applied = read(
                tx -> tx.createQuery(SchemaVersion.SQL).mapTo(Integer.class).one());
        return new SchemaVersion(applied, known);
    }

    /** Tries it out: whether a statement that does not end is stopped when its time is over. */
    public boolean stopsEndlessStatements() {
        String endless = switch (engine) {
            case SQLITE -> "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n";
            case POSTGRESQL -> "select count(*) from (select pg_sleep(60)) as nap";
        };
        try {
            read(tx -> tx.createQuery(endless).mapTo(Long.class).one());
            return false;
        } catch (DatabaseFailure stopped) {
            return stopped.reason() == DatabaseFailure.Reason.TIMEOUT;
        }
    }

    public Engine engine() {
        return engine;
    }

    /** Takes no more work, finishes what was accepted and closes the files and connections. */
    @Override
    public void close() {
        transactions.close();
    }

    /** Work that waits for other work would wait for ever on the one writer thread of SQLite. */
    private static void refuseInside() {
        if (AFTER_COMMIT.isBound()) {
            throw new IllegalStateException("A transaction was started inside another one.");
        }
    }

    private static <T extends @Nullable Object> Transaction<T> inside(Transaction<T> work, List<Runnable> after) {
        return tx -> ScopedValue.where(AFTER_COMMIT, after).call(() -> work.run(tx));
    }
}
