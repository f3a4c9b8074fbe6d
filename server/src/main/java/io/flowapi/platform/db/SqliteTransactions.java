package io.flowapi.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** SQLite in this process: one thread writes, four read, and none of them is a carrier of virtual threads. */
final class SqliteTransactions implements Transactions {
    private static final Logger LOG = System.getLogger(SqliteTransactions.class.getName());
    static final String FILE = "flow.db";
    private static final int READERS = 4;
    private static final int WRITES_QUEUED_MAX = 10_000;
    private static final int READS_QUEUED_MAX = 1_000;
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);
    private static final int WAL_BYTES_KEPT = 64 << 20;

    private final Watchdog watchdog;
    private final WorkQueue writes;
    private final WorkQueue reads;
    private final Thread writer;
    private final List<Thread> readers;

    private SqliteTransactions(Path file, Duration timeout) {
        watchdog = Watchdog.start(timeout);
        writes = new WorkQueue(WRITES_QUEUED_MAX, timeout);
        reads = new WorkQueue(READS_QUEUED_MAX, timeout);
        writer = start(
                "db-writer", new GroupCommit(writes, new SqliteSession(writing(file), watchdog), OpenedFile.at(file)));
        Jdbi reading = reading(file);
        readers = IntStream.rangeClosed(1, READERS)
                .mapToObj(
                        number -> start("db-reader-" + number, new Reader(reads, new SqliteSession(reading, watchdog))))
                .toList();
    }

    static SqliteTransactions open(DatabaseConfig config, URI migrations) {
        Path file = config.directory().resolve(FILE);
        try {
            Files.createDirectories(config.directory());
            makeForOwnerOnly(file);
        } catch (IOException refused) {
            throw new UncheckedIOException("The database " + file + " cannot be made", refused);
        }
        try (Handle handle = jdbi(file, durable()).open()) {
            Migrations.at(migrations, Engine.SQLITE).applyTo(handle);
        } catch (RuntimeException refused) {
            throw SqliteFailures.of(refused);
        }
        return new SqliteTransactions(file, config.timeout());
    }

    /** SQLite makes the files beside it for those who may read this one. */
    private static void makeForOwnerOnly(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException madeMeanwhile) {
                // By the console beside a server that starts.
            }
        }
    }

    /** Leaves the schema as it is. */
    static SqliteTransactions attach(DatabaseConfig config) {
        Path file = config.directory().resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new DatabaseFailure(DatabaseFailure.Reason.UNAVAILABLE, file + " does not exist.", null);
        }
        return new SqliteTransactions(file, config.timeout());
    }

    @Override
    public <T extends @Nullable Object> T write(Transaction<T> work) {
        return writes.submit(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Transaction<T> work) {
        return reads.submit(work);
    }

    @Override
    public void writeLater(Transaction<?> work) {
        writes.submitLater(work);
    }

    /** There is no other server. */
    @Override
    public void signal() {}

    @Override
    public void onSignal(Runnable heard) {}

    @Override
    public Map<String, IntSupplier> waiting() {
        return Map.of("writes", writes::length, "reads", reads::length);
    }

    /** Readers end first: an open reader would keep the write-ahead log from being emptied. */
    @Override
    public void close() {
        reads.close();
        join(readers);
        writes.close();
        join(List.of(writer));
        watchdog.close();
    }

    private static void join(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                if (!thread.join(CLOSE_MAX)) {
                    LOG.log(Level.WARNING, "{0} still runs and is left behind.", thread.getName());
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable loop) {
        return Thread.ofPlatform().daemon().name(name).start(loop);
    }

    private static Jdbi writing(Path file) {
        return existing(file, durable());
    }

    private static SQLiteConfig durable() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config;
    }

    private static Jdbi reading(Path file) {
        return existing(file, new SQLiteConfig()).installPlugin(new ReadOnly());
    }

    /** An empty database in the place of one that is gone would be taken for it. */
    private static Jdbi existing(Path file, SQLiteConfig config) {
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return jdbi(file, config);
    }

    private static Jdbi jdbi(Path file, SQLiteConfig config) {
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        return SqlDialect.apply(Engine.SQLITE, Jdbi.create(() -> config.createConnection("jdbc:sqlite:" + file)));
    }

    private static final class ReadOnly implements JdbiPlugin {
        @Override
        public Connection customizeConnection(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma query_only = true");
            }
            return connection;
        }
    }
}
