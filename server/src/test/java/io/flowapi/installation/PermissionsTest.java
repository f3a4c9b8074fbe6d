package io.flowapi.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.Shell;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.ServerLock;
import io.flowapi.testing.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what is made in the data directory. */
@Tag("one-database")
class PermissionsTest {

    @TempDir
    Path temporary;

    @Test
    void a_server_keeps_its_files_to_itself_in_a_directory_that_others_may_enter() throws IOException {
        Path directory = openToOthers();
        Flow flow = new Flow();
        try (ServerLock _ = DataDirectory.open(directory).lock()) {
            flow.start(directory);
            flow.caller().channel();

            assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
            assertThat(filesIn(directory))
                    .containsKeys(
                            "flow.db", "flow.db-wal", "flow.db-shm", "limits.log", "encryption.key", "server.lock")
                    .allSatisfy((_, permissions) -> assertThat(permissions).isEqualTo("rw-------"));
        } finally {
            flow.stop();
        }
    }

    @Test
    void the_console_makes_a_database_for_its_owner_alone() throws IOException {
        Path directory = openToOthers();

        assertThat(new Shell(Map.of("FLOW_DATA_DIR", directory.toString()))
                        .flow("users", "add", "kim")
                        .exit())
                .isZero();

        assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
        assertThat(filesIn(directory)).containsEntry("flow.db", "rw-------");
    }

    private Path openToOthers() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("data"));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Map<String, String> filesIn(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), permissions(file));
            }
        }
        return found;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
