package io.flowapi.backup;

import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One backup: a directory with a database and a page that says what is in it. */
public record Backup(Path directory, Manifest manifest) {

    public static final String MANIFEST = "backup.json";
    private static final int CHUNK_BYTES = 1 << 16;

    /** @throws IllegalArgumentException when this is no finished backup */
    public static Backup at(Path directory) {
        try {
            String page = Files.readString(directory.resolve(MANIFEST));
            return new Backup(directory, Json.bind(Json.tree(page), Manifest.class));
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(directory + " is no backup: it has no " + MANIFEST, missing);
        } catch (IOException | RuntimeException unreadable) {
            throw new IllegalArgumentException(directory + " is no backup that can be read", unreadable);
        }
    }

    DatabaseFile database() {
        return DatabaseFile.in(directory);
    }

    /** Whether this file, a copy of the database or the database itself, is what the manifest says. */
    void check(DatabaseFile copy) {
        if (!sha256(copy.path()).equals(manifest.sha256())) {
            throw new IllegalStateException(copy.path() + " is not the file that was backed up: its SHA-256 differs");
        }
        DatabaseFile.Contents contents = copy.examine();
        if (contents.schemaVersion() != manifest.schemaVersion()
                || !contents.rows().equals(manifest.rows())) {
            throw new IllegalStateException(copy.path() + " does not hold what " + MANIFEST + " says");
        }
    }

    static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
