package io.flowapi.platform.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Ids are {@code text} and times {@code bigint} milliseconds, because these compare alike on both engines. */
final class ColumnTypes {
    private ColumnTypes() {}

    static void register(Jdbi jdbi) {
        jdbi.registerArgument(new IdArgument());
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerColumnMapper(UUID.class, ColumnTypes::id);
        jdbi.registerColumnMapper(Instant.class, ColumnTypes::instant);
    }

    private static @Nullable UUID id(ResultSet row, int column, StatementContext context) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : UUID.fromString(text);
    }

    private static @Nullable Instant instant(ResultSet row, int column, StatementContext context) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static final class IdArgument extends AbstractArgumentFactory<UUID> {
        IdArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(UUID id, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, id.toString());
        }
    }

    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Instant instant, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, instant.toEpochMilli());
        }
    }
}
