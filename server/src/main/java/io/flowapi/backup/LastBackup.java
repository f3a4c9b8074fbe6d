package io.flowapi.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.files.OwnerOnly;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The note in a data directory of the last backup of it that went well: what watches the backups' age reads it. */
public record LastBackup(Instant at, Path path) {

    private static final String FILE = "last-backup";

    /** Empty when none was noted, or the note cannot be read. */
    public static Optional<LastBackup> of(Path dataDirectory) {
        try {
            JsonNode note = Json.tree(Files.readString(dataDirectory.resolve(FILE)));
            return Optional.of(new LastBackup(
                    Instant.ofEpochMilli(note.get("at").longValue()),
                    Path.of(note.get("path").textValue())));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    public void noteIn(Path dataDirectory) {
        try {
            OwnerOnly.write(
                    dataDirectory.resolve(FILE),
                    Json.text(Map.of("at", at.toEpochMilli(), "path", path.toString())) + "\n");
        } catch (IOException refused) {
            throw new UncheckedIOException("The backup is made, but " + FILE + " could not be written", refused);
        }
    }
}
