package io.flowapi.platform.db;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;

/** Lets the same SQL text run on both engines: tokens such as {@code <skipLocked>} stand for what only one has. */
final class SqlDialect {
    private SqlDialect() {}

    static Jdbi apply(Engine engine, Jdbi jdbi) {
        jdbi.define("skipLocked", token(engine, "for update skip locked"));
        jdbi.define("forUpdate", token(engine, "for update"));
        // Against whoever claims for the same row; what only refers to the row goes on.
        jdbi.define("claimAlone", token(engine, "for no key update skip locked"));
        // Stops a deletion and no other change: a worker must be able to note what it found out about a channel.
        jdbi.define("forKeep", token(engine, "for key share"));
        // Stops other changes, and nobody who only needs the row to stay.
        jdbi.define("forChange", token(engine, "for no key update"));
        // One at a time for each number, where no row is there to be locked.
        jdbi.define("heldUntilEnd", engine == Engine.SQLITE ? ":key" : "pg_advisory_xact_lock(:key)");
        ColumnTypes.register(jdbi);
        jdbi.configure(SqlStatements.class, statements -> statements.setAttachAllStatementsForCleanup(true));
        jdbi.configure(StatementExceptions.class, texts -> texts.setMessageRendering(SqlDialect::withoutArguments));
        return jdbi;
    }

    /** SQLite has one writer, so no row is ever locked by somebody else. */
    private static String token(Engine engine, String onPostgres) {
        return switch (engine) {
            case SQLITE -> "";
            case POSTGRESQL -> onPostgres;
        };
    }

    /** Arguments hold posts, tokens and hashes, which no log may contain. */
    private static String withoutArguments(StatementException exception) {
        var context = exception.getStatementContext();
        return context == null
                ? exception.getShortMessage()
                : exception.getShortMessage() + " [statement: " + context.getRawSql() + "]";
    }
}
