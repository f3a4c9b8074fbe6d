package io.flowapi.platform.db;

import static io.flowapi.platform.db.FreshDatabase.count;
import static io.flowapi.platform.db.FreshDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the batches of the SQLite writer can get wrong. */
@Tag("one-database")
class GroupCommitTest {
    private static final Duration HASTY = Duration.ofMillis(500);
    private static final int CALLERS = 50;
    private static final int RUNAWAY = 20;
    private static final int BREAKS_CONSTRAINT = 30;
    private static final int TOO_BIG = 40;
    private static final String ENDLESS_INSERT = """
            insert into things (id)
            with recursive n (i) as (select 1 union all select i + 1 from n)
            select 'endless' from n where i < 0""";

    @TempDir
    Path directory;

    Database database;

    @BeforeEach
    void open() {
        database = FreshDatabase.open(Engine.SQLITE, directory, HASTY);
        insert(database, "first");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_acknowledged_is_there_and_what_was_refused_is_not_whatever_happens_in_a_batch() {
        allowMorePages(64);
        var runs = new AtomicIntegerArray(CALLERS);

        var failures = inOneBatch(CALLERS, (caller, tx) -> {
            runs.incrementAndGet(caller);
            tx.execute("insert into things (id) values (?)", "caller-" + caller);
            switch (caller) {
                case RUNAWAY -> tx.execute(ENDLESS_INSERT);
                case BREAKS_CONSTRAINT -> tx.execute("insert into things (id) values ('first')");
                case TOO_BIG -> tx.execute("update things set content = zeroblob(1000000)");
                default -> {}
            }
        });

        assertThat(reason(failures.get(RUNAWAY))).isEqualTo(Reason.TIMEOUT);
        assertThat(reason(failures.get(TOO_BIG))).isEqualTo(Reason.STORAGE_EXHAUSTED);
        assertThat(failures.get(BREAKS_CONSTRAINT)).isInstanceOf(JdbiException.class);
        assertThat(failures).filteredOn(failure -> failure != null).hasSize(3);
        assertThat(runs.get(RUNAWAY)).isOne();
        assertThat(runs.get(0))
                .as("ran again alone after the transaction was gone")
                .isEqualTo(2);
        assertOnlyAcknowledgedAreThere(failures);

        allowMorePages(10_000);
        database.write(tx -> tx.execute("update things set content = zeroblob(1000000) where id = 'first'"));
    }

    @Test
    void a_disk_that_fills_up_in_the_middle_of_a_batch_refuses_only_those_that_do_not_fit() {
        allowMorePages(20);

        var failures = inOneBatch(
                CALLERS,
                (caller, tx) ->
                        tx.execute("insert into things (id, content) values (?, zeroblob(8000))", "caller-" + caller));

        assertThat(failures).contains((Throwable) null);
        assertThat(failures)
                .filteredOn(failure -> failure != null)
                .isNotEmpty()
                .allMatch(failure -> reason(failure) == Reason.STORAGE_EXHAUSTED);
        assertOnlyAcknowledgedAreThere(failures);

        allowMorePages(10_000);
        insert(database, "afterwards");
    }

    @Test
    void a_commit_that_is_refused_refuses_only_the_work_that_spoils_it() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        var failures = inOneBatch(10, (caller, tx) -> {
            tx.execute("insert into things (id) values (?)", "caller-" + caller);
            Database.afterCommit(() -> told.add(caller));
            if (caller == 4) {
                tx.execute("insert into parts (thing_id) values ('nowhere')");
            }
        });

        assertThat(failures.get(4)).isNotNull();
        assertThat(failures).filteredOn(failure -> failure != null).hasSize(1);
        assertOnlyAcknowledgedAreThere(failures);
        assertThat(told).as("each was run twice").containsExactlyInAnyOrder(0, 1, 2, 3, 5, 6, 7, 8, 9);
    }

    @Test
    void work_that_hides_its_time_out_has_failed_all_the_same() {
        var carriedOn = new AtomicBoolean();

        var failures = inOneBatch(3, (caller, tx) -> {
            tx.execute("insert into things (id) values (?)", "caller-" + caller);
            if (caller == 1) {
                assertThatThrownBy(() -> tx.execute(ENDLESS_INSERT)).isInstanceOf(JdbiException.class);
                tx.execute("insert into things (id) values ('outside any transaction')");
                carriedOn.set(true);
            }
        });

        assertThat(reason(failures.get(1))).isEqualTo(Reason.TIMEOUT);
        assertThat(carriedOn).isFalse();
        assertOnlyAcknowledgedAreThere(failures);
    }

    @Test
    void many_short_statements_are_stopped_like_one_long_one() {
        var failure = catchThrowableOfType(
                DatabaseFailure.class,
                () -> database.write(tx -> {
                    while (true) {
                        tx.execute("update things set weight = 1");
                    }
                }));

        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        insert(database, "afterwards");
    }

    @Test
    void statements_left_open_are_closed_with_their_transaction() throws SQLException {
        database.write(tx -> {
            tx.execute("insert into things (id) values ('second')");
            return tx.createQuery("select id from things")
                    .mapTo(String.class)
                    .iterator()
                    .next();
        });

        try (Connection other = otherProcess();
                Statement statement = other.createStatement();
                ResultSet checkpoint = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
            assertThat(checkpoint.getBoolean("busy")).isFalse();
        }
        assertThat(count(database)).isEqualTo(2);
    }

    @Test
    void work_whose_caller_gave_up_while_it_was_queued_never_runs() {
        var ran = new AtomicInteger();
        HeldWriter writer = HeldWriter.of(database);

        var failures = Callers.start(5, caller -> () -> database.write(tx -> ran.incrementAndGet()))
                .failures();
        writer.releaseAndWait();
        insert(database, "afterwards");

        assertThat(failures).allMatch(failure -> reason(failure) == Reason.OVERLOADED);
        assertThat(ran).hasValue(0);
    }

    @Test
    void what_is_not_the_file_of_its_name_any_more_is_not_written() throws IOException {
        Path file = directory.resolve("flow.db");
        Path elsewhere = Files.move(file, directory.resolve("elsewhere.db"));
        assertThat(reasonToRefuse()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(file).doesNotExist();
        Files.copy(elsewhere, file);
        assertThat(reasonToRefuse()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(count(database)).isEqualTo(1);

        Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
        insert(database, "afterwards");

        assertThat(count(database)).isEqualTo(2);
    }

    private Reason reasonToRefuse() {
        return catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "refused"))
                .reason();
    }

    @Test
    void a_full_queue_refuses_at_once() {
        HeldWriter writer = HeldWriter.of(database);
        for (int i = 0; i < 10_000; i++) {
            database.writeLater(tx -> tx.execute("select 1"));
        }

        var failure = catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "refused"));
        writer.releaseAndWait();

        assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(failure).hasMessageContaining("full");
    }

    @Test
    void an_interrupted_caller_still_learns_the_outcome() {
        var interruptSeen = new AtomicBoolean();
        HeldWriter writer = HeldWriter.of(database);
        Callers caller = Callers.queue(1, only -> () -> {
            insert(database, "interrupted");
            interruptSeen.set(Thread.interrupted());
            return null;
        });

        caller.thread(0).interrupt();
        writer.release();

        assertThat(caller.failures()).containsOnlyNulls();
        assertThat(interruptSeen).isTrue();
        assertThat(count(database)).isEqualTo(2);
    }

    @Test
    void another_process_with_the_lock_only_delays() throws SQLException {
        try (Connection other = otherProcess();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            Callers callers = Callers.queue(5, caller -> () -> {
                insert(database, "caller-" + caller);
                return null;
            });
            statement.execute("insert into things (id) values ('other')");
            statement.execute("commit");

            assertThat(callers.failures()).containsOnlyNulls();
        }
        assertThat(count(database)).isEqualTo(7);
    }

    @Test
    void work_that_never_gets_the_lock_is_refused_and_never_runs() throws SQLException {
        try (Connection other = otherProcess();
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            var failure = catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "refused"));
            statement.execute("rollback");

            assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
        }
        try (Database patient = FreshDatabase.open(Engine.SQLITE, directory, FreshDatabase.PATIENT)) {
            insert(patient, "afterwards");
            assertThat(count(patient)).isEqualTo(2);
        }
    }

    @Test
    void closing_finishes_what_was_accepted_and_empties_the_log() {
        HeldWriter writer = HeldWriter.of(database);
        Callers callers = Callers.queue(20, caller -> () -> {
            insert(database, "caller-" + caller);
            return null;
        });

        Thread closing = Thread.startVirtualThread(database::close);
        writer.release();

        assertThat(callers.failures()).containsOnlyNulls();
        assertThat(closing).satisfies(Thread::join);
        assertThat(directory.resolve("flow.db-wal")).doesNotExist();
        assertThat(catchThrowableOfType(DatabaseFailure.class, () -> insert(database, "late"))
                        .reason())
                .isEqualTo(Reason.UNAVAILABLE);
        try (Database reopened = FreshDatabase.open(Engine.SQLITE, directory, HASTY)) {
            assertThat(count(reopened)).isEqualTo(21);
        }
    }

    @Test
    void commits_are_synced_and_foreign_keys_are_kept() {
        List<Integer> settings = database.write(
                tx -> List.of(pragma(tx, "synchronous"), pragma(tx, "foreign_keys"), pragma(tx, "busy_timeout")));

        assertThat(settings).containsExactly(2, 1, 5000);
    }

    @FunctionalInterface
    private interface Work {
        void run(int caller, Handle tx);
    }

    private List<@Nullable Throwable> inOneBatch(int callers, Work work) {
        HeldWriter writer = HeldWriter.of(database);
        Callers queued = Callers.queue(
                callers,
                caller -> () -> database.write(tx -> {
                    work.run(caller, tx);
                    return null;
                }));
        writer.release();
        return queued.failures();
    }

    private void assertOnlyAcknowledgedAreThere(List<@Nullable Throwable> failures) {
        List<String> there = database.read(tx ->
                tx.createQuery("select id from things").mapTo(String.class).list());
        List<String> acknowledged = IntStream.range(0, failures.size())
                .filter(caller -> failures.get(caller) == null)
                .mapToObj(caller -> "caller-" + caller)
                .toList();
        assertThat(there).contains("first").hasSize(acknowledged.size() + 1).containsAll(acknowledged);
    }

    private void allowMorePages(int pages) {
        database.write(tx -> {
            int used = pragma(tx, "page_count");
            return pragma(tx, "max_page_count = " + (used + pages));
        });
    }

    private static int pragma(Handle tx, String text) {
        return tx.createQuery("pragma " + text).mapTo(int.class).one();
    }

    private static @Nullable Reason reason(@Nullable Throwable failure) {
        return failure instanceof DatabaseFailure known ? known.reason() : null;
    }

    private Connection otherProcess() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("flow.db"));
    }
}
