package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import io.flowapi.platform.db.Watchdog.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One connection with its handle, kept open for the one thread that uses it. JDBC believes in auto-commit all the time:
 * the thread says begin, savepoint and commit in SQL, as JDBC cannot say "begin immediate" or ask for a lost
 * transaction.
 */
final class SqliteSession implements SqlLogger, AutoCloseable {
    private static final Logger LOG = System.getLogger(SqliteSession.class.getName());

    private final Jdbi jdbi;
    private final Watch watch;
    private @Nullable Handle handle;
    private @Nullable DatabaseFailure lost;

    SqliteSession(Jdbi jdbi, Watchdog watchdog) {
        this.jdbi = jdbi;
        this.watch = watchdog.watch();
    }

    <T extends @Nullable Object> T run(Transaction<T> work) {
        Handle tx = handle();
        lost = null;
        try {
            T result = timed(work, tx);
            if (lost != null) {
                throw lost;
            }
            return result;
        } catch (RuntimeException thrown) {
            throw lost == null ? SqliteFailures.of(thrown) : whatWasLost(lost, thrown);
        } finally {
            clean(tx);
        }
    }

    void execute(String sql) {
        try (Statement statement = handle().getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw SqliteFailures.ofTransaction(refused);
        }
    }

    /** Back to a connection without a transaction, whatever happened before. */
    void rollback() {
        try (Statement statement = handle().getConnection().createStatement()) {
            statement.execute("rollback");
        } catch (SQLException refused) {
            if (!SqliteFailures.isPlainError(refused)) {
                close();
            }
        }
    }

    boolean isOpen() {
        return handle != null;
    }

    /** The next use opens a new connection. */
    @Override
    public void close() {
        Handle closing = handle;
        handle = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (JdbiException unclean) {
            LOG.log(Level.WARNING, "A connection that is no longer used could not be closed.", unclean);
        }
    }

    /** Without this, what follows in the same closure would run outside any transaction or past its time. */
    @Override
    public void logBeforeExecution(StatementContext context) {
        if (watch.expired()) {
            lost = SqliteFailures.tooLong();
        }
        if (lost != null) {
            throw lost;
        }
    }

    /** SQLite may have rolled back the transaction, so the closure has failed even if it carries on. */
    @Override
    public void logException(StatementContext context, SQLException thrown) {
        lost = SqliteFailures.of(thrown);
    }

    private <T extends @Nullable Object> T timed(Transaction<T> work, Handle tx) {
        watch.start((SQLiteConnection) tx.getConnection());
        try {
            return work.run(tx);
        } finally {
            if (watch.stop() && lost == null) {
                lost = SqliteFailures.tooLong();
            }
        }
    }

    private static DatabaseFailure whatWasLost(DatabaseFailure lost, RuntimeException thrown) {
        if (thrown != lost) {
            // It names the statement.
            lost.addSuppressed(thrown);
        }
        return lost;
    }

    /** Statements a closure left open keep the interrupted state alive and the WAL from being checkpointed. */
    private void clean(Handle tx) {
        try {
            tx.clean();
        } catch (JdbiException unclean) {
            close();
        }
    }

    private Handle handle() {
        Handle open = handle;
        if (open == null) {
            open = connect();
            handle = open;
        }
        return open;
    }

    private Handle connect() {
        try {
            Handle opened = jdbi.open();
            opened.getConfig(SqlStatements.class).setSqlLogger(this);
            return opened;
        } catch (JdbiException refused) {
            throw new DatabaseFailure(Reason.UNAVAILABLE, "The database cannot be opened.", refused);
        }
    }
}
