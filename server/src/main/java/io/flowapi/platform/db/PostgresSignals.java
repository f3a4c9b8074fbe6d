package io.flowapi.platform.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * LISTEN and NOTIFY. They are told of beside what is written and not in its transaction: commits that notify wait for each
 * other in PostgreSQL. A listener has a connection of its own, outside the pool.
 */
final class PostgresSignals implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PostgresSignals.class.getName());
    private static final Duration TOLD_APART = Duration.ofMillis(10);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);
    private static final Duration CONNECT_AGAIN_AFTER = Duration.ofSeconds(1);

    private final String server;
    private final Properties settings;
    private final Jdbi pool;
    private final AtomicInteger untold = new AtomicInteger();
    private final Set<Thread> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private volatile boolean deaf;

    PostgresSignals(String server, Properties settings, Jdbi pool) {
        this.server = server;
        this.settings = settings;
        settings.put("ApplicationName", "flow-listener");
        this.pool = pool;
    }

    /** Returns at once. Many at the same time become one. */
    void tell() {
        if (untold.getAndIncrement() == 0) {
            Thread.ofVirtual().name("db-signal").start(this::tellUntilAllIsTold);
        }
    }

    private void tellUntilAllIsTold() {
        int told;
        do {
            told = untold.get();
            try {
                pool.useHandle(handle -> handle.execute("notify flow"));
            } catch (RuntimeException gone) {
                // Whatever it was, the next signal must get through.
                LOG.log(Level.DEBUG, "Other servers were not told: they look by themselves.", gone);
            }
            LockSupport.parkNanos(TOLD_APART.toNanos());
        } while (!untold.compareAndSet(told, 0) && !closing);
    }

    void listen(Runnable heard) {
        listeners.add(Thread.ofVirtual().name("db-listener").start(() -> listenUntilClosed(heard)));
    }

    private void listenUntilClosed(Runnable heard) {
        while (!closing) {
            try (Connection connection = DriverManager.getConnection(server, settings)) {
                listenOn(connection, heard);
            } catch (SQLException lost) {
                if (!closing) {
                    // Said once, however long the database is gone.
                    LOG.log(deaf ? Level.DEBUG : Level.WARNING, "Other servers are not heard until it is back.", lost);
                    deaf = true;
                    LockSupport.parkNanos(CONNECT_AGAIN_AFTER.toNanos());
                }
            }
        }
    }

    private void listenOn(Connection connection, Runnable heard) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen flow");
        }
        deaf = false;
        // Whatever was told while nobody listened.
        heard.run();
        PGConnection listening = connection.unwrap(PGConnection.class);
        while (!closing) {
            PGNotification[] told = listening.getNotifications((int) SILENCE_MAX.toMillis());
            if (told != null && told.length > 0) {
                heard.run();
            } else if (!connection.isValid((int) SILENCE_MAX.toSeconds())) {
                throw new SQLException("The server has gone silent.");
            }
        }
    }

    /** Interrupting ends a wait: it closes the socket of the connection. */
    @Override
    public void close() {
        closing = true;
        listeners.forEach(Thread::interrupt);
    }
}
