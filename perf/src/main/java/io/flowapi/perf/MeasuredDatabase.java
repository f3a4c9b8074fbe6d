package io.flowapi.perf;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a server is measured on. */
enum MeasuredDatabase {
    SQLITE,
    POSTGRESQL;

    /** A measurement. */
    interface Work {
        /** @param settings what the server needs to use the database */
        void run(Map<String, String> settings) throws IOException, InterruptedException;
    }

    /** @param folder on the disk to measure */
    void with(Path folder, Work work) throws IOException, InterruptedException {
        switch (this) {
            case SQLITE -> work.run(Map.of());
            case POSTGRESQL -> {
                // The library's own settings would trade durability for speed.
                try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setDataDirectory(folder.resolve("postgres"))
                        .start()) {
                    String url = "postgres://postgres:postgres@localhost:" + database.getPort() + "/postgres";
                    work.run(Map.of("DATABASE_URL", url));
                }
            }
        }
    }
}
