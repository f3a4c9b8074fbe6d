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
        return url(Running.SERVER.getPort(), freshDatabase(Running.SERVER));
    }

    static String url(int port, String database) {
        return "postgres://postgres:postgres@localhost:" + port + "/" + database;
    }

    /** The name of an empty database. */
    static String freshDatabase(EmbeddedPostgres server) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException refused) {
            throw new IllegalStateException("No fresh database.", refused);
        }
        return name;
    }

    /** The clock of the database becomes the test's: another function of its name is found first. */
    public static void follow(String url, TestClock clock) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        run(
                name,
                "create schema test_time",
                "create table test_time.now (at timestamptz not null)",
                "insert into test_time.now values (now())",
                "create function test_time.clock_timestamp() returns timestamptz language sql volatile"
                        + " as 'select at from test_time.now'",
                "alter database " + name + " set search_path = public, test_time, pg_catalog");
        clock.follow(now -> run(name, "update test_time.now set at = '" + now + "'"));
    }

    private static void run(String database, String... statements) {
        try (Connection connection =
                        Running.SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return settings().start();
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }

    /** The library's own settings would trade durability for speed. */
    static EmbeddedPostgres.Builder settings() {
        CHATTER.setLevel(Level.WARNING);
        return EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
    }
}
