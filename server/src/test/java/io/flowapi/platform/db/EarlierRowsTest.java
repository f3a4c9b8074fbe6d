package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.testing.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of an earlier schema are there in this one, and mean what they meant. */
@ParameterizedClass
@EnumSource(Engine.class)
class EarlierRowsTest {

    private static final URI SCRIPTS = MigrationScript.folder("db/migration");

    @Parameter
    Engine engine;

    @TempDir
    Path directory;

    private Jdbi jdbi;

    @BeforeEach
    void open() {
        jdbi = SqlDialect.apply(
                engine,
                switch (engine) {
                    case SQLITE -> Jdbi.create("jdbc:sqlite:" + directory.resolve("flow.db") + "?foreign_keys=on");
                    case POSTGRESQL -> {
                        DatabaseUrl url = DatabaseUrl.parse(PostgresServer.freshDatabaseUrl());
                        yield Jdbi.create(url.server(), url.properties());
                    }
                });
    }

    @Test
    void posts_of_before_they_could_need_attention_keep_their_status_or_say_now_that_they_need_it() throws IOException {
        migrate(upTo("V007"));
        jdbi.useHandle(rows -> {
            rows.execute("insert into users (id, name, created_at) values ('u', 'u', 0)");
            for (String status : List.of("draft", "scheduled", "published", "partially_published", "failed")) {
                post(rows, status, status);
            }
            post(rows, "asked", "publishing");
            target(rows, "asked", "unknown");
            job(rows, "asked");
            post(rows, "restored", "publishing");
            target(rows, "restored", "unknown");
            target(rows, "restored", "published");
            post(rows, "restored-and-pending", "publishing");
            target(rows, "restored-and-pending", "unknown");
            target(rows, "restored-and-pending", "pending");
        });

        migrate(SCRIPTS);

        assertThat(statuses())
                .containsEntry("draft", "draft")
                .containsEntry("scheduled", "scheduled")
                .containsEntry("published", "published")
                .containsEntry("partially_published", "partially_published")
                .containsEntry("failed", "failed")
                .containsEntry("asked", "publishing")
                .containsEntry("restored", "needs_attention")
                .containsEntry("restored-and-pending", "publishing");
        assertThat(count("targets"))
                .as("nothing was deleted with the old column")
                .isEqualTo(5);
        assertThatThrownBy(() -> jdbi.useHandle(rows -> rows.execute("update posts set status = 'lost'")))
                .hasMessageContaining("constraint");
    }

    /** A folder of the scripts to this one. */
    private URI upTo(String last) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("scripts"));
        try (var scripts = Files.list(Path.of(SCRIPTS))) {
            for (Path script : scripts.toList()) {
                String name = script.getFileName().toString();
                if (name.substring(0, last.length()).compareTo(last) <= 0) {
                    Files.copy(script, folder.resolve(name));
                }
            }
        }
        return folder.toUri();
    }

    private void migrate(URI folder) {
        try (Handle handle = jdbi.open()) {
            Migrations.at(folder, engine).applyTo(handle);
        }
    }

    private static void post(Handle rows, String id, String status) {
        rows.execute(
                "insert into posts (id, user_id, mode, content, metadata, status, created_at, updated_at, version)"
                        + " values (?, 'u', 'live', 'c', '{}', ?, 0, 0, 1)",
                id,
                status);
    }

    private static void target(Handle rows, String post, String status) {
        rows.execute(
                "insert into targets (id, post_id, position, channel_id, provider, status, attempts, provider_post_id,"
                        + " published_at) values (?, ?, ?, ?, 'sandbox', ?, 0, 'p', 0)",
                post + "-" + status,
                post,
                List.of("unknown", "published", "pending").indexOf(status),
                status,
                status);
    }

    private static void job(Handle rows, String post) {
        rows.execute(
                "insert into jobs (id, kind, subject, due_at, state, attempts, fence)"
                        + " values (?, 'publish_target', ?, 0, 'ready', 0, 0)",
                post,
                post + "-unknown");
    }

    private Map<String, String> statuses() {
        return jdbi.withHandle(rows -> rows.createQuery("select id, status from posts")
                .setMapKeyColumn("id")
                .setMapValueColumn("status")
                .collectInto(new GenericType<Map<String, String>>() {}));
    }

    private long count(String table) {
        return jdbi.withHandle(rows -> rows.createQuery("select count(*) from " + table)
                .mapTo(long.class)
                .one());
    }
}
