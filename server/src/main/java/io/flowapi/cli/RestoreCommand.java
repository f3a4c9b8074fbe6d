package io.flowapi.cli;

import io.flowapi.backup.Backup;
import io.flowapi.backup.Manifest;
import io.flowapi.backup.Restore;
import io.flowapi.installation.Config;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a data directory of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Makes a data directory of a backup. What was due since the backup is held back, not sent again.")
public final class RestoreCommand implements Callable<Integer> {

    private static final String POSTGRES =
            "The database is PostgreSQL, which has tools of its own: pg_restore --clean --if-exists"
                    + " --dbname=\"$DATABASE_URL\" flow.dump (docs/operations.md says more).";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "The backup: DIR/flow-TIME.")
    private Path from;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The data directory to make, empty or absent (default: FLOW_DATA_DIR).")
    private @Nullable Path to;

    @Option(
            names = "--stopped-at",
            paramLabel = "TIME",
            description = "When the server that the backup is of stopped, such as 2026-11-23T09:30:00Z (default: now)."
                    + " What was due until then may be out, and is held back.")
    private @Nullable String stoppedAt;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Config config = console.embedded(spec, POSTGRES);
        Path directory = to == null ? config.dataDirectory() : to;
        Instant stopped = stopped(InstantSource.system().instant());
        Backup backup = Backup.at(from.toAbsolutePath().normalize());
        Restore restore = new Restore(InstantSource.system(), sentence -> Console.progress(spec, sentence));
        int heldBack = restore.restore(backup, directory, stopped);
        Console.print(spec, json, shown(backup, directory, heldBack), sentence(backup, directory, heldBack));
        return 0;
    }

    private Instant stopped(Instant now) {
        try {
            Instant stopped = stoppedAt == null ? now : Instant.parse(stoppedAt);
            if (stopped.isAfter(now)) {
                throw Console.wrong(spec, "--stopped-at has not come yet.");
            }
            return stopped;
        } catch (DateTimeParseException unreadable) {
            throw Console.wrong(spec, "--stopped-at is a time such as 2026-11-23T09:30:00Z.");
        }
    }

    private static Map<String, Object> shown(Backup backup, Path directory, int heldBack) {
        Manifest manifest = backup.manifest();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("from", backup.directory().toString());
        shown.put("to", directory.toAbsolutePath().normalize().toString());
        shown.put("at", manifest.at());
        shown.put("rows", manifest.rows());
        shown.put("heldBack", heldBack);
        shown.put("encryptionKeyIds", manifest.encryptionKeyIds());
        return shown;
    }

    private static String sentence(Backup backup, Path directory, int heldBack) {
        Manifest manifest = backup.manifest();
        return directory + " is as it was at " + manifest.at() + ": "
                + manifest.rows().getOrDefault("posts", 0L) + " posts.\n"
                + heldBack + " targets were due since and may be out: they are unknown and not sent again by themselves"
                + " (docs/operations.md).\n"
                + "Put the encryption key there (" + String.join(", ", manifest.encryptionKeyIds())
                + ") or set FLOW_ENCRYPTION_KEY before a server starts.\n"
                + "API keys that were revoked since are valid again: revoke them again. Then run flow doctor.";
    }
}
