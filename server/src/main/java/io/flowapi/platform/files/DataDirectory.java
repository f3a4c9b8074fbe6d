package io.flowapi.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The one directory that holds everything the embedded default needs ({@code FLOW_DATA_DIR}). */
public final class DataDirectory {

    /** The encryption key of a development installation. */
    public static final String KEY_FILE = "encryption.key";

    /** Where a restore works until the database has its name. */
    public static final String RESTORING = "restoring";

    private static final int KEY_BYTES = 32;
    private static final String PROBE = "probe";
    private static final Predicate<String> LEFT_PROBE =
            Pattern.compile(PROBE + "(-\\d+)?").asMatchPredicate();

    private final Path path;

    private DataDirectory(Path path) {
        this.path = path;
    }

    /** Opens the directory, making it for its owner alone where it is missing. */
    public static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path, ownerOnly("rwx------"));
            return new DataDirectory(path.toAbsolutePath().normalize());
        } catch (IOException unusable) {
            throw new UncheckedIOException("The data directory " + path + " cannot be made", unusable);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Takes the directory for this server, until the lock is closed or the process ends.
     *
     * @throws DirectoryInUseException naming the process that has it
     */
    public ServerLock lock() {
        Path file = path.resolve("server.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    ownerOnly("rw-------"));
            if (!taken(channel)) {
                String pid = Files.readString(file).strip();
                channel.close();
                throw new DirectoryInUseException(path, pid);
            }
            removeLeftProbes();
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new ServerLock(channel);
        } catch (IOException unusable) {
            throw new UncheckedIOException("The data directory " + path + " cannot be locked", unusable);
        }
    }

    /** Whoever has the directory is alone in it: no probe is at work. */
    private void removeLeftProbes() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                path, file -> LEFT_PROBE.test(file.getFileName().toString()))) {
            for (Path probe : left) {
                Files.delete(probe);
            }
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    public boolean hasEncryptionKey() {
        return Files.exists(path.resolve(KEY_FILE));
    }

    /** The encryption key of a development installation, made at the first call: {@code id:base64}. */
    public String encryptionKey() {
        Path file = path.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            try {
                makeKey(file);
            } catch (IOException unusable) {
                throw new UncheckedIOException("The encryption key cannot be written", unusable);
            }
        }
        return read(file);
    }

    /** Written whole under another name first: a crash leaves no half key, and of two processes one wins. */
    private void makeKey(Path file) throws IOException {
        Path whole = Files.createTempFile(path, "encryption", ".tmp", ownerOnly("rw-------"));
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.writeString(whole, "local:" + Base64.getEncoder().encodeToString(key) + "\n");
        try {
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // The other process's key counts.
        } finally {
            Files.delete(whole);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The encryption key cannot be read", unreadable);
        }
    }

    /** Whether a file can be written, read and removed here. Its name is always the same: what cannot be removed is one. */
    public boolean writable() {
        try {
            return isWrittenAndRead(path.resolve(PROBE));
        } catch (IOException unusable) {
            return false;
        }
    }

    private static boolean isWrittenAndRead(Path probe) throws IOException {
        try {
            Files.writeString(probe, PROBE);
            return Files.readString(probe).equals(PROBE);
        } finally {
            // A full disk takes the name and not the text.
            Files.deleteIfExists(probe);
        }
    }
}
