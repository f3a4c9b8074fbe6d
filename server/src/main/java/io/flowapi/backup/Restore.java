package io.flowapi.backup;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseConfig;
import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.OwnerOnly;
import io.flowapi.platform.files.ServerLock;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.posts.RestoredPosts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes a data directory of a backup. The database gets its name only when it was verified and what may have gone out since
 * the backup is held back: until then there is {@link DataDirectory#RESTORING} instead, and nothing starts beside it.
 *
 * @param progress hears a sentence before each step
 */
public record Restore(InstantSource clock, Consumer<String> progress) {

    private static final Duration STATEMENT_MAX = Duration.ofSeconds(5);

    /** What an empty directory may hold: the key, what a broken-off restore leaves, and what a new file system begins with. */
    private static final Set<String> HARMLESS =
            Set.of(DataDirectory.KEY_FILE, "server.lock", DataDirectory.RESTORING, "lost+found");

    /**
     * Restores.
     *
     * @param stoppedAt when the server that the backup is of sent for the last time
     * @return how many targets are held back
     */
    public int restore(Backup backup, Path directory, Instant stoppedAt) {
        try {
            refuseUnlessEmpty(directory);
            try (ServerLock lock = DataDirectory.open(directory).lock()) {
                return restoreLocked(backup, directory, stoppedAt);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("The restore into " + directory + " failed", refused);
        }
    }

    private static void refuseUnlessEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> found = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !HARMLESS.contains(name))
                    .sorted()
                    .toList();
            if (!found.isEmpty()) {
                throw new IllegalStateException("The directory " + directory + " is not empty: it holds "
                        + String.join(", ", found) + ". Restore into an empty or a new one.");
            }
        }
    }

    private int restoreLocked(Backup backup, Path directory, Instant stoppedAt) throws IOException {
        // Another restore may have ended since it was looked at first.
        refuseUnlessEmpty(directory);
        OwnerOnly.keepOthersOut(directory);
        Path making = directory.resolve(DataDirectory.RESTORING);
        if (Files.exists(making)) {
            OwnerOnly.delete(making);
        }
        OwnerOnly.directories(making);
        try {
            DatabaseFile copy = copied(backup, making);
            int heldBack = holdBack(backup, making, stoppedAt);
            copy.examine();
            OwnerOnly.rename(copy.path(), DatabaseFile.in(directory).path());
            return heldBack;
        } finally {
            OwnerOnly.delete(making);
        }
    }

    private DatabaseFile copied(Backup backup, Path making) throws IOException {
        DatabaseFile copy = DatabaseFile.in(making);
        OwnerOnly.emptyFile(copy.path());
        progress.accept("Copying " + backup.database().path());
        // Into the file that was made, because a copy of a file has that file's permissions.
        try (OutputStream out = Files.newOutputStream(copy.path())) {
            Files.copy(backup.database().path(), out);
        }
        OwnerOnly.sync(copy.path());
        progress.accept("Verifying the copy");
        backup.check(copy);
        return copy;
    }

    /** A server that stopped before the backup was made has sent nothing that the backup does not know. */
    private int holdBack(Backup backup, Path making, Instant stoppedAt) {
        progress.accept("Bringing the schema up to date and looking for what may have gone out since the backup");
        try (Database database = Database.open(new DatabaseConfig(making, null, STATEMENT_MAX), new Metrics(clock))) {
            return stoppedAt.isAfter(backup.manifest().at())
                    ? new RestoredPosts(clock).holdBack(database, stoppedAt)
                    : 0;
        }
    }
}
