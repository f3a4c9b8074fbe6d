package io.flowapi.platform.db;

import static io.flowapi.platform.db.FreshDatabase.count;
import static io.flowapi.platform.db.FreshDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Engine.class)
class DatabaseTest {
    private static final String ENDLESS = """
            with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < 100000000000)
            """;

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    Database database;

    @BeforeEach
    void open() {
        database = FreshDatabase.open(engine, directory, FreshDatabase.PATIENT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_committed_can_be_read() {
        String result = database.write(tx -> {
            tx.execute("insert into things (id) values ('a')");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(count(database)).isEqualTo(1);
        assertThat(database.engine()).isEqualTo(engine);
    }

    @Test
    void what_the_work_throws_comes_out_as_thrown_with_its_changes_undone() {
        var refusal = new IllegalArgumentException("no");

        assertThatThrownBy(() -> database.write(tx -> {
                    tx.execute("insert into things (id) values ('a')");
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(count(database)).isZero();
    }

    @Test
    void what_is_to_be_done_after_the_commit_is_done_when_others_can_see_it() {
        List<Long> seen = new ArrayList<>();

        database.write(tx -> {
            tx.execute("insert into things (id) values ('a')");
            Database.afterCommit(() -> seen.add(count(database)));
            return seen.addAll(List.of());
        });

        assertThat(seen).containsExactly(1L);
    }

    @Test
    void what_is_to_be_done_after_the_commit_is_not_done_without_one() {
        List<String> told = new ArrayList<>();

        assertThatThrownBy(() -> database.write(tx -> {
                    Database.afterCommit(() -> told.add("work"));
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> database.read(tx -> {
                    Database.afterCommit(() -> told.add("read"));
                    return null;
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        insert(database, "a");

        assertThat(told).isEmpty();
    }

    @Test
    void an_error_of_the_work_reaches_its_caller_and_nobody_else() {
        assertThatThrownBy(() -> database.write(tx -> {
                    throw new StackOverflowError("mine");
                }))
                .isInstanceOf(StackOverflowError.class);
        insert(database, "a");
        assertThat(count(database)).isEqualTo(1);
    }

    @Test
    void a_broken_constraint_is_not_a_failure_of_the_database() {
        insert(database, "a");

        assertThatThrownBy(() -> insert(database, "a"))
                .isInstanceOf(JdbiException.class)
                .message()
                .contains("insert into things (id) values (?)")
                .doesNotContain("arguments");
        insert(database, "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void concurrent_callers_lose_nothing_and_undo_only_their_own(int callers) {
        var failures = Callers.start(callers, caller -> () -> {
                    for (int i = 0; i < 20; i++) {
                        String id = caller + "-" + i;
                        insert(database, id);
                        assertThatThrownBy(() -> insert(database, id)).isInstanceOf(JdbiException.class);
                    }
                    return null;
                })
                .failures();

        assertThat(failures).containsOnlyNulls();
        assertThat(count(database)).isEqualTo(callers * 20L);
    }

    @Test
    void endless_work_is_stopped_and_the_connection_works_afterwards() {
        try (Database hasty = FreshDatabase.open(engine, directory, Duration.ofMillis(300))) {
            long started = System.nanoTime();
            var read = failure(() -> hasty.read(tx -> tx.createQuery(ENDLESS + "select count(*) from n")
                    .mapTo(long.class)
                    .one()));
            var write = failure(() -> hasty.write(tx -> {
                tx.execute("insert into things (id) values ('before')");
                return tx.execute(ENDLESS + "insert into things (id) select cast(i as text) from n");
            }));
            Duration taken = Duration.ofNanos(System.nanoTime() - started);

            assertThat(List.of(read.reason(), write.reason())).containsOnly(Reason.TIMEOUT);
            assertThat(taken).isBetween(Duration.ofMillis(600), Duration.ofSeconds(4));
            for (int i = 0; i < 20; i++) {
                insert(hasty, "after-" + i);
                assertThat(count(hasty)).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void a_read_cannot_write() {
        assertThatThrownBy(() -> database.read(tx -> tx.execute("insert into things (id) values ('a')")))
                .isInstanceOf(JdbiException.class);
        assertThat(count(database)).isZero();
        insert(database, "a");
    }

    @Test
    void a_transaction_inside_another_is_refused() {
        assertThatThrownBy(() -> database.write(tx -> database.read(inner -> 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> database.read(tx -> database.write(inner -> 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_write_nobody_waits_for_is_done_before_the_database_is_closed() {
        DatabaseConfig config = FreshDatabase.config(engine, directory.resolve("own"), FreshDatabase.PATIENT);
        try (Database first = FreshDatabase.reopen(config)) {
            first.writeLater(tx -> tx.execute("insert into things (id) values ('broken')", 1));
            first.writeLater(tx -> tx.execute("insert into things (id) values ('later')"));
        }

        try (Database second = FreshDatabase.reopen(config)) {
            assertThat(count(second)).isEqualTo(1);
        }
    }

    @Test
    void ids_times_and_booleans_are_bound_and_read_alike() {
        UUID id = UUID.fromString("01930b6e-5f5b-7cc0-8d2c-0242ac120002");
        Instant madeAt = Instant.parse("2026-11-23T10:20:30.123Z");
        database.write(tx -> tx.createUpdate("""
                        insert into things (id, made_at, active, content)
                        values (:id, :madeAt, :active, :content)""")
                .bind("id", id)
                .bind("madeAt", madeAt)
                .bind("active", true)
                .bind("content", new byte[] {1, 2})
                .execute());

        List<Object> read = database.read(tx -> tx.createQuery("""
                        select id, made_at, active, content, cast(id as text) as text
                        from things
                        where id = :id and active and made_at < :later""")
                .bind("id", id)
                .bind("later", madeAt.plusMillis(1))
                .map(row -> List.<Object>of(
                        row.getColumn("id", UUID.class),
                        row.getColumn("made_at", Instant.class),
                        row.getColumn("active", Boolean.class),
                        row.getColumn("text", String.class),
                        row.getColumn("content", byte[].class).length))
                .one());

        assertThat(read).containsExactly(id, madeAt, true, id.toString(), 2);
    }

    @Test
    void nulls_are_bound_and_read_as_nulls() {
        database.write(tx -> tx.createUpdate("""
                        insert into things (id, owner, made_at, active, weight)
                        values ('a', :owner, :madeAt, :active, :weight)""")
                .bindByType("owner", null, UUID.class)
                .bind("madeAt", (Instant) null)
                .bind("active", (Boolean) null)
                .bind("weight", (Long) null)
                .execute());

        boolean allNull = database.read(tx -> tx.createQuery("select owner, made_at, active, weight from things")
                .map(row -> row.getColumn("owner", UUID.class) == null
                        && row.getColumn("made_at", Instant.class) == null
                        && row.getColumn("active", Boolean.class) == null
                        && row.getColumn("weight", Long.class) == null)
                .one());

        assertThat(allNull).isTrue();
    }

    @Test
    void one_text_of_sql_serves_both_engines() {
        insert(database, "a");
        insert(database, "b");

        List<String> claimed = database.write(tx ->
                tx.createQuery("""
                        update things
                        set owner = :me
                        where id in (select id from things where id < 'b' order by id limit 5 <skipLocked>)
                        returning id""").bind("me", "worker").mapTo(String.class).list());
        List<String> locked = database.write(tx -> tx.createQuery(
                        "select id from things where (owner, id) <= ('worker', 'a') and 1<2 and 3>2 <forUpdate>")
                .mapTo(String.class)
                .list());

        assertThat(claimed).containsExactly("a");
        assertThat(locked).containsExactly("a");
    }

    private static DatabaseFailure failure(Runnable work) {
        return catchThrowableOfType(DatabaseFailure.class, work::run);
    }
}
