package io.flowapi.platform.db;

import static io.flowapi.platform.db.FreshDatabase.count;
import static io.flowapi.platform.db.FreshDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import io.flowapi.testing.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTransactionsTest {
    @TempDir
    Path directory;

    Database database;

    @BeforeEach
    void open() {
        database = FreshDatabase.open(Engine.POSTGRESQL, directory, FreshDatabase.PATIENT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void a_conflict_is_run_again(String sqlState) {
        var runs = new AtomicInteger();
        var told = new AtomicInteger();

        database.write(tx -> {
            tx.execute("insert into things (id) values ('a')");
            Database.afterCommit(told::incrementAndGet);
            return runs.incrementAndGet() < 4 ? raise(tx, sqlState) : 0;
        });

        assertThat(runs).hasValue(4);
        assertThat(told).hasValue(1);
        assertThat(count(database)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"40001, OVERLOADED, 4", "53100, STORAGE_EXHAUSTED, 1", "57P03, UNAVAILABLE, 1", "08006, UNAVAILABLE, 1"
    })
    void what_the_server_reports_becomes_a_failure(String sqlState, Reason reason, int expectedRuns) {
        var runs = new AtomicInteger();

        var failure = catchThrowableOfType(
                DatabaseFailure.class,
                () -> database.write(tx -> {
                    runs.incrementAndGet();
                    return raise(tx, sqlState);
                }));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(runs).hasValue(expectedRuns);
        insert(database, "afterwards");
    }

    @Test
    void a_connection_that_broke_is_replaced() {
        var failure = catchThrowableOfType(
                DatabaseFailure.class,
                () -> database.write(tx -> tx.createQuery("select pg_terminate_backend(pg_backend_pid())")
                        .mapTo(boolean.class)
                        .one()));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        insert(database, "afterwards");
        assertThat(count(database)).isEqualTo(1);
    }

    @Test
    void a_commit_without_an_answer_is_neither_done_nor_not_done() {
        endsWithItsCommit();

        var failure = catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "a"));

        assertThat(failure.reason()).isEqualTo(Reason.UNANSWERED);
    }

    /** Whoever adds a row here loses the connection after the commit was asked for. */
    private void endsWithItsCommit() {
        database.write(tx -> {
            tx.execute("create function go_away() returns trigger language plpgsql as"
                    + " 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'");
            return tx.execute("create constraint trigger go_away after insert on things"
                    + " deferrable initially deferred for each row execute function go_away()");
        });
    }

    @Test
    void who_hangs_in_a_transaction_is_cut_off_and_lets_the_others_go_on() throws Exception {
        var held = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        try (Database hasty = FreshDatabase.open(Engine.POSTGRESQL, directory, Duration.ofSeconds(1))) {
            insert(hasty, "a");
            var hung = Callers.start(
                    1,
                    caller -> () -> hasty.write(tx -> {
                        tx.execute("update things set owner = 'hung'");
                        held.countDown();
                        await(released);
                        return tx.execute("update things set owner = 'late'");
                    }));
            held.await();

            Await.within(FreshDatabase.PATIENT, () -> tries(hasty, "update things set owner = 'other'"));
            released.countDown();

            assertThat(hung.failures())
                    .extracting(failure -> ((DatabaseFailure) failure).reason())
                    .containsExactly(Reason.TIMEOUT);
            assertThat(hasty.<String>read(tx -> tx.createQuery("select owner from things")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("other");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static boolean tries(Database database, String sql) {
        try {
            return database.write(tx -> tx.execute(sql)) == 1;
        } catch (DatabaseFailure busy) {
            return false;
        }
    }

    @Test
    void an_unreachable_server_is_reported_without_the_password() {
        var config = new DatabaseConfig(directory, "postgres://flow:s3cret@localhost:1/flow", FreshDatabase.PATIENT);

        var failure = catchThrowableOfType(DatabaseFailure.class, () -> FreshDatabase.reopen(config));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_closed_database_is_unavailable() {
        database.close();

        assertThat(catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "late"))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void the_server_of_the_tests_is_as_durable_as_one_in_production() {
        List<String> settings = database.read(
                tx -> List.of(show(tx, "fsync"), show(tx, "synchronous_commit"), show(tx, "statement_timeout")));

        assertThat(settings).containsExactly("on", "on", "5s");
    }

    private static int raise(Handle tx, String sqlState) {
        return tx.execute("do $$ begin raise exception 'as told' using errcode = '" + sqlState + "'; end $$");
    }

    private static String show(Handle tx, String setting) {
        return tx.createQuery("show " + setting).mapTo(String.class).one();
    }
}
