package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class MigrationsTest {
    private static final String FIRST = """
            -- Semicolons; and 'quotes' in comments <mean> nothing.
            create table a (id text primary key, note text default 'x;y');
            insert into a (id) values ('one');
            """;

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    Jdbi jdbi;

    @BeforeEach
    void open() {
        jdbi = SqlDialect.apply(
                engine,
                switch (engine) {
                    case SQLITE -> Jdbi.create("jdbc:sqlite:" + directory.resolve("flow.db") + "?busy_timeout=5000");
                    case POSTGRESQL -> {
                        DatabaseUrl url = DatabaseUrl.parse(PostgresServer.freshDatabaseUrl());
                        yield Jdbi.create(url.server(), url.properties());
                    }
                });
    }

    @Test
    void each_script_is_applied_once_and_in_order() throws IOException {
        script("V001__a.sql", FIRST);
        migrate();
        script("V002__b.sql", "insert into a (id) select id || '-two' from a");

        migrate();
        migrate();

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_script_that_fails_leaves_nothing_behind() throws IOException {
        script("V001__a.sql", FIRST);
        script("V002__b.sql", "insert into a (id) values ('two'); insert into nowhere (id) values ('x')");

        assertThatThrownBy(this::migrate).hasMessageContaining("nowhere");
        assertThat(rows()).isEqualTo(1);

        script("V002__b.sql", "insert into a (id) values ('two')");
        migrate();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_script_changed_afterwards_is_refused() throws IOException {
        script("V001__a.sql", FIRST);
        migrate();
        script("V001__a.sql", FIRST + "-- changed");

        assertThatThrownBy(this::migrate).hasMessageContaining("V001__a.sql was changed");
    }

    @Test
    void a_database_of_a_newer_program_is_refused() throws IOException {
        script("V001__a.sql", FIRST);
        script("V002__b.sql", "create table b (id text)");
        migrate();
        Files.delete(folder().resolve("V002__b.sql"));

        assertThatThrownBy(this::migrate).hasMessageContaining("schema version 2, this program knows 1");
    }

    @Test
    void a_gap_or_a_strange_name_is_refused() throws IOException {
        script("V001__a.sql", FIRST);
        script("V003__c.sql", "select 1");
        assertThatThrownBy(this::migrate).hasMessageContaining("Expected migration 2, found V003__c.sql");

        script("2_b.sql", "select 1");
        assertThatThrownBy(this::migrate).hasMessageContaining("2_b.sql is not named like");
    }

    @Test
    void each_engine_reads_its_own_script_with_the_body_of_a_trigger_in_one_piece() throws IOException {
        script("V001__a.sql", FIRST);
        script("V002__kept.sqlite.sql", """
                create trigger a_kept before delete on a
                begin
                  select raise(abort, 'kept; for ever');
                end;
                """);
        script("V002__kept.postgresql.sql", """
                create function keep() returns trigger language plpgsql as
                'begin raise exception ''kept; for ever''; end';
                create trigger a_kept before delete on a for each statement execute function keep();
                """);

        migrate();

        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("delete from a")))
                .hasMessageContaining("kept; for ever");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void servers_that_start_together_do_not_get_in_each_others_way() throws IOException {
        script("V001__a.sql", FIRST);
        script("V002__b.sql", "insert into a (id) values ('two')");

        var failures = Callers.start(4, caller -> () -> {
                    migrate();
                    return null;
                })
                .failures();

        assertThat(failures).containsOnlyNulls();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void scripts_are_found_in_a_jar() throws IOException {
        Path jar = directory.resolve("a b.jar");
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.createDirectories(files.getPath("db", "migration"));
            Files.writeString(files.getPath("db", "migration", "V001__a.sql"), FIRST);
        }

        migrate(URI.create("jar:" + jar.toUri() + "!/db/migration"));

        assertThat(rows()).isEqualTo(1);
    }

    private void script(String name, String sql) throws IOException {
        Files.writeString(Files.createDirectories(folder()).resolve(name), sql);
    }

    private Path folder() {
        return directory.resolve("scripts");
    }

    private void migrate() {
        migrate(folder().toUri());
    }

    private void migrate(URI folder) {
        try (Handle handle = jdbi.open()) {
            Migrations.at(folder, engine).applyTo(handle);
        }
    }

    private int rows() {
        return jdbi.withHandle(handle ->
                handle.createQuery("select count(*) from a").mapTo(int.class).one());
    }
}
