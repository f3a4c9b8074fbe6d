package io.flowapi.platform.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that only the user who runs the program can read, and that survive a loss of power once made. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> GROUP = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private OwnerOnly() {}

    /** Makes the directory and those above it where they are missing. */
    public static void directories(Path path) throws IOException {
        Files.createDirectories(path, permissions("rwx------"));
    }

    /** Keeps everybody else out of a directory that is there. */
    public static void keepOthersOut(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** An empty file that was not there. */
    public static void emptyFile(Path path) throws IOException {
        Files.createFile(path, permissions("rw-------"));
    }

    /** Puts the whole text in the place of what stood there: nobody ever reads a part of it. */
    public static void write(Path path, String text) throws IOException {
        Path whole = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(whole);
        emptyFile(whole);
        try (FileChannel file = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        rename(whole, path);
    }

    /** The new name is on the disk when this returns, and so must be what it names: see {@link #sync}. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.toAbsolutePath().getParent());
    }

    /** Waits until a file, or the names in a directory, are on the disk. */
    public static void sync(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }

    /** Removes a directory and what is in it; a link is removed and not followed. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    /** Whether users outside the owner's group may do anything with it. */
    public static boolean openToOthers(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    }

    /** Whether anybody but the owner may do anything with it. */
    public static boolean openToAnybodyElse(Path path) throws IOException {
        return openToOthers(path)
                || Files.getPosixFilePermissions(path).stream().anyMatch(GROUP::contains);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
