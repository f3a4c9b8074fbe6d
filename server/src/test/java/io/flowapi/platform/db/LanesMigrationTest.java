package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The jobs of a database from before there were lanes. */
@ParameterizedClass
@EnumSource(Engine.class)
class LanesMigrationTest {

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    @Test
    void jobs_that_were_waiting_are_in_the_lane_of_their_network_afterwards() throws IOException {
        Jdbi jdbi = SqlDialect.apply(engine, database());
        URI all = MigrationScript.folder("db/migration");
        try (Handle handle = jdbi.open()) {
            Migrations.at(before("__lanes", all), engine).applyTo(handle);
            insertJobs(handle);

            Migrations.at(all, engine).applyTo(handle);

            assertThat(handle.createQuery("select subject, lane, priority, due_at from jobs order by subject")
                            .map(row -> row.getColumn("subject", String.class) + " "
                                    + row.getColumn("lane", String.class) + " "
                                    + row.getColumn("priority", Integer.class) + " "
                                    + row.getColumn("due_at", Long.class))
                            .list())
                    .containsExactly("all maintenance 1 3", "gone maintenance 0 2", "target bluesky 0 1");
        }
    }

    private Jdbi database() {
        return switch (engine) {
            case SQLITE -> Jdbi.create("jdbc:sqlite:" + directory.resolve("flow.db"));
            case POSTGRESQL -> {
                DatabaseUrl url = DatabaseUrl.parse(PostgresServer.freshDatabaseUrl());
                yield Jdbi.create(url.server(), url.properties());
            }
        };
    }

    /** A folder of the scripts that are older than this one. */
    private URI before(String name, URI all) throws IOException {
        List<MigrationScript> scripts = MigrationScript.findAll(all, engine);
        Path folder = Files.createDirectory(directory.resolve("scripts"));
        for (MigrationScript script : scripts) {
            if (script.name().contains(name)) {
                return folder.toUri();
            }
            Files.writeString(folder.resolve(script.name()), script.sql());
        }
        throw new AssertionError("no script is called " + name);
    }

    private static void insertJobs(Handle handle) {
        handle.execute("insert into users (id, name, created_at) values ('user', 'user', 0)");
        handle.execute(
                "insert into posts (id, user_id, mode, content, metadata, status, created_at, updated_at, version)"
                        + " values ('post', 'user', 'live', 'text', '{}', 'scheduled', 0, 0, 1)");
        handle.execute("insert into targets (id, post_id, position, channel_id, provider, status, due_at, attempts)"
                + " values ('target', 'post', 0, 'channel', 'bluesky', 'pending', 1, 0)");
        handle.execute("insert into jobs (id, kind, subject, due_at, state, attempts, fence) values"
                + " ('1', 'publish_target', 'target', 1, 'ready', 0, 0),"
                + " ('2', 'publish_target', 'gone', 2, 'ready', 0, 0),"
                + " ('3', 'purge_idempotency_keys', 'all', 3, 'ready', 0, 0)");
    }
}
