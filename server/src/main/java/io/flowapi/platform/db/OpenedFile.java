package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that stays open. Once its name leads elsewhere it can still be written, for nobody: the next start would not find it. */
final class OpenedFile {
    private final Path path;
    private final @Nullable Object key;

    private OpenedFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    static OpenedFile at(Path path) {
        try {
            return new OpenedFile(path, key(path));
        } catch (IOException unreadable) {
            throw new DatabaseFailure(Reason.UNAVAILABLE, path + " cannot be read.", unreadable);
        }
    }

    /** @throws DatabaseFailure when another file is in its place, or none */
    void requireInPlace() {
        try {
            if (!Objects.equals(key(path), key)) {
                throw new DatabaseFailure(Reason.UNAVAILABLE, path + " is not the file that was opened.", null);
            }
        } catch (NoSuchFileException gone) {
            throw new DatabaseFailure(Reason.UNAVAILABLE, path + " is gone.", gone);
        } catch (IOException nobodyKnows) {
            // A directory that cannot be looked into keeps what is in it.
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
