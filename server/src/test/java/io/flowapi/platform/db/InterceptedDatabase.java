package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import io.flowapi.platform.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A real database whose every transaction passes through the hands of a test. */
public final class InterceptedDatabase implements AutoCloseable {

    /** What becomes of a write. */
    public enum Fate {
        DONE,
        /** It could not be begun. */
        REFUSED,
        /** Its first run met another transaction and was undone. */
        RUN_TWICE,
        /** It is committed, and its caller does not learn it. */
        ANSWER_LOST
    }

    /** Decides, and may keep a caller waiting. */
    public interface Hands {
        Fate beforeWrite();

        void afterCommit();

        boolean refusesRead();
    }

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final Transactions real;
    private final Database database;

    private InterceptedDatabase(Engine engine, Transactions real, Metrics metrics, Hands hands) {
        this.real = real;
        this.database = new Database(engine, new Intercepted(real, hands), metrics);
    }

    /** Makes an empty database in this directory; copies of its file need no migrations. */
    public static void make(Path directory) {
        Database.open(new DatabaseConfig(directory, null, PATIENT), new Metrics(InstantSource.system()))
                .close();
    }

    /** Opens a copy of one that was made in a directory of its own. */
    public static InterceptedDatabase copyOf(Path made, Path directory, Metrics metrics, Hands hands) {
        try {
            Files.copy(made.resolve(SqliteTransactions.FILE), directory.resolve(SqliteTransactions.FILE));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        DatabaseConfig config = new DatabaseConfig(directory, null, PATIENT);
        return new InterceptedDatabase(Engine.SQLITE, SqliteTransactions.attach(config), metrics, hands);
    }

    public Database database() {
        return database;
    }

    /** Reads past the hands, as nobody whom the test watches. */
    public <T> T look(Transaction<T> work) {
        return real.read(work);
    }

    @Override
    public void close() {
        database.close();
    }

    private record Intercepted(Transactions real, Hands hands) implements Transactions {

        @Override
        public <T extends @Nullable Object> T write(Transaction<T> work) {
            Fate fate = hands.beforeWrite();
            if (fate == Fate.REFUSED) {
                throw new DatabaseFailure(Reason.UNAVAILABLE, "simulated: it could not be begun", null);
            }
            if (fate == Fate.RUN_TWICE) {
                undo(work);
            }
            T result = real.write(work);
            hands.afterCommit();
            if (fate == Fate.ANSWER_LOST) {
                throw new DatabaseFailure(Reason.UNANSWERED, "simulated: the answer to the commit was lost", null);
            }
            return result;
        }

        private void undo(Transaction<?> work) {
            try {
                real.write(tx -> {
                    work.run(tx);
                    throw new Undone();
                });
            } catch (Undone undone) {
                // As on a database that found a conflict at the commit: the work is run again.
            }
        }

        @Override
        public <T extends @Nullable Object> T read(Transaction<T> work) {
            if (hands.refusesRead()) {
                throw new DatabaseFailure(Reason.UNAVAILABLE, "simulated: it could not be read", null);
            }
            return real.read(work);
        }

        @Override
        public void writeLater(Transaction<?> work) {
            real.write(work);
        }

        @Override
        public void signal() {
            real.signal();
        }

        @Override
        public void onSignal(Runnable heard) {
            real.onSignal(heard);
        }

        @Override
        public Map<String, IntSupplier> waiting() {
            return Map.of();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone() {
            super(null, null, false, false);
        }
    }
}
