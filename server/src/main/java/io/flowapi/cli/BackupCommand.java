package io.flowapi.cli;

import io.flowapi.backup.Backup;
import io.flowapi.backup.BackupFolder;
import io.flowapi.backup.LastBackup;
import io.flowapi.backup.Manifest;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.platform.files.DataDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Backs up the embedded database, while a server runs or not. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Backs up the embedded database, also while a server runs. The encryption key is not in it.")
public final class BackupCommand implements Callable<Integer> {

    private static final int KEEP_MAX = 10_000;
    private static final String POSTGRES =
            "The database is PostgreSQL, which has tools of its own: pg_dump --format=custom --file=flow.dump"
                    + " \"$DATABASE_URL\" (docs/operations.md says more).";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The folder of the backups.")
    private Path folder;

    @Option(
            names = "--keep",
            defaultValue = "7",
            paramLabel = "N",
            description = "How many backups to leave in it, the new one included (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (keep < 1 || keep > KEEP_MAX) {
            throw Console.wrong(spec, "--keep is a number from 1 to " + KEEP_MAX + ".");
        }
        Config config = console.embedded(spec, POSTGRES);
        DatabaseFile database = DatabaseFile.in(config.dataDirectory());
        if (!database.exists()) {
            throw new IllegalStateException("There is nothing to back up: " + database.path() + " does not exist.");
        }
        BackupFolder backups = new BackupFolder(folder, sentence -> Console.progress(spec, sentence));
        Backup made = backups.make(new BackupFolder.Source(
                database,
                keyIds(config),
                Build.version(),
                InstantSource.system().instant()));
        new LastBackup(made.manifest().at(), made.directory()).noteIn(config.dataDirectory());
        List<Path> removed = backups.keep(keep, made);
        Console.print(spec, json, shown(made, removed), sentence(made));
        return 0;
    }

    private static List<String> keyIds(Config config) {
        EncryptionKeys configured = config.encryptionKeys();
        DataDirectory directory = DataDirectory.open(config.dataDirectory());
        if (configured == null && !directory.hasEncryptionKey()) {
            return List.of();
        }
        EncryptionKeys keys = configured == null ? EncryptionKeys.parse(directory.encryptionKey()) : configured;
        return keys.byId().keySet().stream().sorted().toList();
    }

    private static Map<String, Object> shown(Backup made, List<Path> removed) {
        Manifest manifest = made.manifest();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("path", made.directory().toString());
        shown.put("at", manifest.at());
        shown.put("schemaVersion", manifest.schemaVersion());
        shown.put("bytes", manifest.bytes());
        shown.put("rows", manifest.rows());
        shown.put("removed", removed.stream().map(Path::toString).toList());
        shown.put("encryptionKeyIncluded", false);
        shown.put("encryptionKeyIds", manifest.encryptionKeyIds());
        return shown;
    }

    private static String sentence(Backup made) {
        Manifest manifest = made.manifest();
        return made.directory() + "  verified: schema version " + manifest.schemaVersion() + ", "
                + manifest.rows().getOrDefault("posts", 0L) + " posts, " + manifest.bytes() + " bytes\n"
                + "The encryption key is not in it. Keep it somewhere else ("
                + String.join(", ", manifest.encryptionKeyIds())
                + "): without it the credentials of the channels in this backup cannot be read.";
    }
}
