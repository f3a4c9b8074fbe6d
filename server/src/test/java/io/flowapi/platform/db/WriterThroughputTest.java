package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints how fast writes are; how fast they must be is for a quiet machine to judge. */
@Tag("one-database")
class WriterThroughputTest {
    private static final Duration MEASURED = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"SQLITE, 8", "SQLITE, 64", "POSTGRESQL, 8"})
    void transactions_of_three_statements(Engine engine, int callers) {
        try (Database database = FreshDatabase.open(engine, directory, FreshDatabase.PATIENT)) {
            writeFor(MEASURED, database, callers);
            long done = writeFor(MEASURED, database, callers);

            System.out.printf("%s, %d callers: %d transactions/s%n", engine, callers, done / MEASURED.toSeconds());
            assertThat(done).isPositive();
        }
    }

    private static long writeFor(Duration time, Database database, int callers) {
        var done = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        var failures = Callers.start(callers, caller -> () -> {
                    while (System.nanoTime() < end) {
                        UUID id = UUID.randomUUID();
                        database.write(tx -> tx.createUpdate("insert into things (id, made_at) values (:id, :at)")
                                        .bind("id", id)
                                        .bind("at", end)
                                        .execute()
                                + tx.createUpdate("update things set active = true where id = :id")
                                        .bind("id", id)
                                        .execute()
                                + tx.createQuery("select count(*) from things where id = :id")
                                        .bind("id", id)
                                        .mapTo(int.class)
                                        .one());
                        done.increment();
                    }
                    return null;
                })
                .failures();
        assertThat(failures).containsOnlyNulls();
        return done.sum();
    }
}
