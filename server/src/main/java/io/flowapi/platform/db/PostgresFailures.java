package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Tells failures of the database from mistakes in the SQL and broken constraints, which are the caller's. */
final class PostgresFailures {
    private PostgresFailures() {}

    /** The failure behind what a transaction threw, or what it threw. */
    static RuntimeException of(RuntimeException thrown) {
        Reason reason = reason(thrown);
        return reason == null ? thrown : new DatabaseFailure(reason, text(reason), thrown);
    }

    /** As {@link #of}, of what was thrown once the work was done and only the answer to its commit was missing. */
    static RuntimeException ofCommit(RuntimeException thrown) {
        RuntimeException failure = of(thrown);
        return failure instanceof DatabaseFailure known && known.reason() == Reason.UNAVAILABLE
                ? new DatabaseFailure(Reason.UNANSWERED, text(Reason.UNANSWERED), thrown)
                : failure;
    }

    /** Whether two transactions got in each other's way, and this one was undone for the other to go on. */
    static boolean isConflict(RuntimeException thrown) {
        return thrown instanceof JdbiException
                && thrown.getCause() instanceof SQLException cause
                && isConflict(cause.getSQLState());
    }

    private static boolean isConflict(@Nullable String sqlState) {
        return "40001".equals(sqlState) || "40P01".equals(sqlState);
    }

    private static @Nullable Reason reason(RuntimeException thrown) {
        if (thrown instanceof ConnectionException) {
            return Reason.UNAVAILABLE;
        }
        return thrown instanceof JdbiException && thrown.getCause() instanceof SQLException cause
                ? reason(cause.getSQLState())
                : null;
    }

    private static @Nullable Reason reason(@Nullable String sqlState) {
        return switch (sqlState) {
            case null -> null;
            // A statement, or the pause between two.
            case "57014", "25P03" -> Reason.TIMEOUT;
            case "53100" -> Reason.STORAGE_EXHAUSTED;
            case String conflict when isConflict(conflict) -> Reason.OVERLOADED;
            // Classes: connection, resources, shutting down or starting, the server's disk.
            case String state when state.matches("(08|53|57P|58).*|40003|55P03") -> Reason.UNAVAILABLE;
            default -> null;
        };
    }

    private static String text(Reason reason) {
        return switch (reason) {
            case STORAGE_EXHAUSTED -> "The disk of the database is full.";
            case TIMEOUT -> "The work took too long and was stopped.";
            case OVERLOADED -> "Other transactions got in the way too often.";
            case UNAVAILABLE -> "The database cannot be reached.";
            case UNANSWERED -> "The database went away while it committed.";
        };
    }
}
