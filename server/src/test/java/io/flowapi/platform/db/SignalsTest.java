package io.flowapi.platform.db;

import io.flowapi.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL. */
@Tag("one-database")
class SignalsTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final AtomicInteger heard = new AtomicInteger();
    private Database one;
    private Database other;

    @BeforeEach
    void open() {
        DatabaseConfig config = FreshDatabase.config(Engine.POSTGRESQL, directory, FreshDatabase.PATIENT);
        one = FreshDatabase.reopen(config);
        other = FreshDatabase.reopen(config);
        one.onSignal(heard::incrementAndGet);
        // Whoever begins to listen looks, because of what he may have missed.
        Await.within(WITHIN, () -> heard.get() >= 1);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void what_one_server_tells_the_other_hears() {
        other.signal();

        Await.within(WITHIN, () -> heard.get() >= 2);
    }

    @Test
    void a_connection_that_was_lost_is_made_anew_and_what_was_missed_is_looked_for() {
        other.write(tx -> tx.createQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'flow-listener' and datname = current_database()")
                .mapTo(Boolean.class)
                .one());

        Await.within(WITHIN, () -> heard.get() >= 2);
        other.signal();
        Await.within(WITHIN, () -> heard.get() >= 3);
    }
}
