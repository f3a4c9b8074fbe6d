package io.flowapi.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A real PostgreSQL for the tests of this JVM, as durable as in production, and stopped with the JVM. */
public final class PostgresServer {
    /** Held here, because the settings of a logger nobody holds are forgotten. */
    private static final Logger CHATTER = Logger.getLogger("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    /** The URL of an empty database that nobody else uses. */
    public static String freshDatabaseUrl() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException refused) {
            throw new IllegalStateException("No fresh database.", refused);
        }
        return "postgres://postgres:postgres@localhost:" + Running.SERVER.getPort() + "/" + name;
    }

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        /** The library's own settings would trade durability for speed. */
        private static EmbeddedPostgres start() {
            CHATTER.setLevel(Level.WARNING);
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }
}
