package io.flowapi.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A PostgreSQL that belongs to one test class, which stops it and starts it again where it was. */
public final class OwnPostgres implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres running;

    private OwnPostgres(Path data) throws IOException {
        this.data = data;
        running = settings().start();
    }

    /** @param data does not exist yet */
    public static OwnPostgres start(Path data) {
        try {
            return new OwnPostgres(data);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private EmbeddedPostgres.Builder settings() {
        return PostgresServer.settings().setDataDirectory(data).setCleanDataDirectory(false);
    }

    public int port() {
        return running.getPort();
    }

    /** The URL of an empty database, through what stands before it at this port. */
    public String freshDatabaseUrl(int port) {
        return PostgresServer.url(port, PostgresServer.freshDatabase(running));
    }

    /** Ends all its connections; returns when it is gone. */
    public void stop() {
        try {
            running.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** With what it had; returns when it takes connections. */
    public void startAgain() {
        try {
            running = settings().setPort(port()).start();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
