package io.flowapi.platform.db;

import io.flowapi.platform.metrics.Metrics;
import io.flowapi.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Databases with one table of things and one of their parts. */
final class FreshDatabase {
    static final Duration PATIENT = Duration.ofSeconds(5);

    private static final String SCHEMA = """
            create table things (
                id text primary key,
                owner text,
                made_at bigint,
                active boolean,
                weight bigint,
                content bytea
            );
            create table parts (
                thing_id text not null references things (id) deferrable initially deferred
            );
            """;

    private FreshDatabase() {}

    static Database open(Engine engine, Path directory, Duration timeout) {
        return Database.open(
                config(engine, directory, timeout),
                metrics(),
                scripts(directory).toUri());
    }

    static Database reopen(DatabaseConfig config) {
        return Database.open(config, metrics(), scripts(config.directory()).toUri());
    }

    static DatabaseConfig config(Engine engine, Path directory, Duration timeout) {
        return switch (engine) {
            case SQLITE -> new DatabaseConfig(directory, null, timeout);
            case POSTGRESQL -> new DatabaseConfig(directory, PostgresServer.freshDatabaseUrl(), timeout);
        };
    }

    private static Metrics metrics() {
        return new Metrics(InstantSource.system());
    }

    static void insert(Database database, String id) {
        database.write(tx -> tx.execute("insert into things (id) values (?)", id));
    }

    static long count(Database database) {
        return database.read(tx ->
                tx.createQuery("select count(*) from things").mapTo(long.class).one());
    }

    private static Path scripts(Path directory) {
        Path scripts = directory.resolve("scripts");
        try {
            Files.createDirectories(scripts);
            Files.writeString(scripts.resolve("V001__things.sql"), SCHEMA);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return scripts;
    }
}
