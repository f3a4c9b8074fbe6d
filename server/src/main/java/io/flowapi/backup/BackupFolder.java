package io.flowapi.backup;

import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.platform.files.OwnerOnly;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where backups are kept, each in a directory such as {@code flow-20261123T093000000Z}. One that is being made has another
 * name until it has been verified, so that what a killed backup leaves behind never looks finished.
 */
public final class BackupFolder {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'flow-'uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Predicate<String> FINISHED =
            Pattern.compile("flow-\\d{8}T\\d{9}Z").asMatchPredicate();
    private static final String UNFINISHED = ".partial";

    private final Path folder;
    private final Consumer<String> progress;

    /** @param progress hears a sentence before each step */
    public BackupFolder(Path folder, Consumer<String> progress) {
        this.folder = folder.toAbsolutePath().normalize();
        this.progress = progress;
    }

    /**
     * What a backup is made of.
     *
     * @param at not later than the moment that is copied
     */
    public record Source(DatabaseFile database, List<String> encryptionKeyIds, String version, Instant at) {}

    /** Copies and verifies; what goes wrong leaves every finished backup as it was. */
    public Backup make(Source source) {
        try {
            OwnerOnly.directories(folder);
            try (FileChannel lock = lock()) {
                removeUnfinished();
                Path finished = folder.resolve(NAME.format(source.at()));
                Path making = folder.resolve(finished.getFileName() + UNFINISHED);
                OwnerOnly.directories(making);
                Manifest manifest = copy(source, making);
                OwnerOnly.rename(making, finished);
                return new Backup(finished, manifest);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(
                    "The backup to " + folder + " failed; the ones before are untouched", refused);
        }
    }

    private Manifest copy(Source source, Path making) throws IOException {
        DatabaseFile copy = DatabaseFile.in(making);
        OwnerOnly.emptyFile(copy.path());
        progress.accept("Copying " + source.database().path());
        source.database().copyTo(copy);
        OwnerOnly.sync(copy.path());
        progress.accept("Verifying the copy, " + Files.size(copy.path()) + " bytes");
        DatabaseFile.Contents contents = copy.examine();
        Manifest manifest = new Manifest(
                source.at(),
                source.version(),
                contents.schemaVersion(),
                Files.size(copy.path()),
                Backup.sha256(copy.path()),
                source.encryptionKeyIds(),
                contents.rows());
        OwnerOnly.write(making.resolve(Backup.MANIFEST), Json.text(manifest) + "\n");
        return manifest;
    }

    /** Removes the oldest finished backups, so that this many are left; never the one that was just made. */
    public List<Path> keep(int number, Backup newest) {
        try {
            List<Path> others = finished();
            others.remove(newest.directory());
            List<Path> tooMany = others.subList(0, Math.max(0, others.size() + 1 - number));
            for (Path old : tooMany) {
                progress.accept("Removing " + old);
                // Under its other name first: half a backup must not look like one.
                Path going = folder.resolve(old.getFileName() + UNFINISHED);
                OwnerOnly.rename(old, going);
                OwnerOnly.delete(going);
            }
            return List.copyOf(tooMany);
        } catch (IOException refused) {
            throw new UncheckedIOException(
                    "The backup " + newest.directory() + " is made, but an old one could not be removed", refused);
        }
    }

    /** Oldest first. */
    List<Path> finished() throws IOException {
        return entries(FINISHED);
    }

    private void removeUnfinished() throws IOException {
        for (Path left : entries(name ->
                name.endsWith(UNFINISHED) && FINISHED.test(name.substring(0, name.length() - UNFINISHED.length())))) {
            progress.accept("Removing what an interrupted backup left: " + left);
            OwnerOnly.delete(left);
        }
    }

    private List<Path> entries(Predicate<String> name) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return new ArrayList<>(
                    entries.filter(entry -> name.test(entry.getFileName().toString()))
                            .sorted(Comparator.comparing(Path::getFileName))
                            .toList());
        }
    }

    /** One backup at a time: the second would take the first one's directory for a left one. */
    private FileChannel lock() throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("backup.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(file)) {
            file.close();
            throw new IOException("another backup is being made there right now");
        }
        return file;
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }
}
