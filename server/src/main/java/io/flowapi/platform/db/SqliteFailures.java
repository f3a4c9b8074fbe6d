package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells failures of the database from mistakes in the SQL and broken constraints, which are the caller's. */
final class SqliteFailures {
    private static final int PRIMARY_CODE = 0xff;

    private SqliteFailures() {}

    /** The failure behind what a closure threw, or what it threw. */
    static RuntimeException of(RuntimeException thrown) {
        Reason reason = thrown instanceof JdbiException && thrown.getCause() instanceof SQLException cause
                ? reason(cause)
                : null;
        return reason == null ? thrown : failure(reason, thrown);
    }

    static @Nullable DatabaseFailure of(SQLException thrown) {
        Reason reason = reason(thrown);
        return reason == null ? null : failure(reason, thrown);
    }

    /** For begin, savepoint, commit and the like, which nothing but the state of the database can refuse. */
    static DatabaseFailure ofTransaction(SQLException thrown) {
        Reason reason = reason(thrown);
        return failure(reason == null ? Reason.UNAVAILABLE : reason, thrown);
    }

    static DatabaseFailure tooLong() {
        return failure(Reason.TIMEOUT, null);
    }

    /** SQLite's answer to SQL that makes no sense now, such as a rollback without a transaction. */
    static boolean isPlainError(SQLException thrown) {
        return thrown instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_ERROR;
    }

    private static @Nullable Reason reason(SQLException thrown) {
        if (!(thrown instanceof SQLiteException sqlite)) {
            return null;
        }
        return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE)) {
            case SQLITE_FULL -> Reason.STORAGE_EXHAUSTED;
            case SQLITE_INTERRUPT -> Reason.TIMEOUT;
            case SQLITE_BUSY, SQLITE_LOCKED -> Reason.OVERLOADED;
            case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_PROTOCOL ->
                Reason.UNAVAILABLE;
            default -> null;
        };
    }

    private static DatabaseFailure failure(Reason reason, @Nullable Exception cause) {
        String message = switch (reason) {
            case STORAGE_EXHAUSTED -> "The disk of the database is full.";
            case TIMEOUT -> "The work took too long and was stopped.";
            case OVERLOADED -> "Another process holds the lock of the database.";
            case UNAVAILABLE, UNANSWERED -> "The database does not work.";
        };
        return new DatabaseFailure(reason, message, cause);
    }
}
