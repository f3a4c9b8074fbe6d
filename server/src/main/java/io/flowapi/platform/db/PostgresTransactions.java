package io.flowapi.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** PostgreSQL over a pool: each piece of work is one transaction on one connection, on the thread of its caller. */
final class PostgresTransactions implements Transactions {
    private static final Logger LOG = System.getLogger(PostgresTransactions.class.getName());
    private static final int CONNECTIONS_MAX = 10;
    private static final int RUNS_MAX = 4;
    private static final int LATER_QUEUED_MAX = 1_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final PostgresSignals signals;
    private final ThreadPoolExecutor later = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LATER_QUEUED_MAX),
            Thread.ofPlatform().daemon().name("db-write-later").factory(),
            new DiscardPolicy());

    private PostgresTransactions(DatabaseUrl url, HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = SqlDialect.apply(Engine.POSTGRESQL, Jdbi.create(pool));
        this.signals = new PostgresSignals(url.server(), settings(url), jdbi);
    }

    static PostgresTransactions open(DatabaseUrl url, Duration timeout, URI migrations) {
        Jdbi unlimited = SqlDialect.apply(Engine.POSTGRESQL, Jdbi.create(url.server(), settings(url)));
        try (Handle handle = unlimited.open()) {
            Migrations.at(migrations, Engine.POSTGRESQL).applyTo(handle);
        } catch (RuntimeException refused) {
            throw PostgresFailures.of(refused);
        }
        return new PostgresTransactions(url, new HikariDataSource(poolOf(url, timeout)));
    }

    /** Leaves the schema as it is. */
    static PostgresTransactions attach(DatabaseUrl url, Duration timeout) {
        try {
            return new PostgresTransactions(url, new HikariDataSource(poolOf(url, timeout)));
        } catch (HikariPool.PoolInitializationException refused) {
            throw new DatabaseFailure(DatabaseFailure.Reason.UNAVAILABLE, "No connection to " + url + ".", refused);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Transaction<T> work) {
        for (int run = 1; ; run++) {
            AtomicBoolean committing = new AtomicBoolean();
            try {
                return jdbi.inTransaction(tx -> {
                    T result = work.run(tx);
                    committing.set(true);
                    return result;
                });
            } catch (RuntimeException thrown) {
                if (run == RUNS_MAX || !PostgresFailures.isConflict(thrown)) {
                    throw committing.get() ? PostgresFailures.ofCommit(thrown) : PostgresFailures.of(thrown);
                }
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Transaction<T> work) {
        try (Handle handle = jdbi.open()) {
            handle.setReadOnly(true);
            return handle.inTransaction(tx -> {
                // What is read by two statements must be of one moment.
                tx.execute("set transaction isolation level repeatable read");
                return work.run(tx);
            });
        } catch (RuntimeException thrown) {
            throw PostgresFailures.of(thrown);
        }
    }

    @Override
    public void writeLater(Transaction<?> work) {
        later.execute(() -> {
            try {
                write(work);
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "A write nobody waits for failed.", failure);
            }
        });
    }

    @Override
    public void signal() {
        signals.tell();
    }

    @Override
    public void onSignal(Runnable heard) {
        signals.listen(heard);
    }

    @Override
    public Map<String, IntSupplier> waiting() {
        return Map.of("connections", this::waitingForConnection);
    }

    /** The pool opens itself at its first use. */
    private int waitingForConnection() {
        HikariPoolMXBean opened = pool.getHikariPoolMXBean();
        return opened == null ? 0 : opened.getThreadsAwaitingConnection();
    }

    @Override
    public void close() {
        signals.close();
        later.shutdown();
        try {
            later.awaitTermination(CLOSE_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    private static HikariConfig poolOf(DatabaseUrl url, Duration timeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("db");
        config.setJdbcUrl(url.server());
        config.setDataSourceProperties(settings(url));
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        // Not as the driver's "options", which the URL may hold and which poolers in between refuse.
        config.setConnectionInitSql("set statement_timeout = " + timeout.toMillis()
                // A process that hangs in a transaction would hold its locks for as long.
                + "; set idle_in_transaction_session_timeout = " + timeout.toMillis());
        // Only for a server that has gone silent; one that works stops the statement itself, earlier.
        config.addDataSourceProperty(
                "socketTimeout", String.valueOf(timeout.plus(CONNECT_TIMEOUT).toSeconds()));
        return config;
    }

    private static Properties settings(DatabaseUrl url) {
        Properties settings = url.properties();
        settings.putIfAbsent("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        settings.putIfAbsent("tcpKeepAlive", "true");
        // The detail quotes the row that broke a constraint.
        settings.put("logServerErrorDetail", "false");
        return settings;
    }
}
