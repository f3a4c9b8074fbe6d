package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person at the console is told when a command fails. */
@Tag("one-database")
class ExplanationTest {

    @TempDir
    Path directory;

    @Test
    void a_backup_that_is_not_there_is_missed_in_words() {
        Path nope = directory.resolve("nope");

        assertThat(because(
                        "restore",
                        "--from",
                        nope.toString(),
                        "--to",
                        directory.resolve("to").toString()))
                .containsExactly("  because: " + nope + "/backup.json: there is no such file");
    }

    @Test
    void a_directory_that_cannot_be_made_has_a_reason_in_words() {
        assertThat(new Shell(Map.of("FLOW_DATA_DIR", "/proc/x"))
                        .flow("users", "list")
                        .err()
                        .lines())
                .anyMatch(line -> line.startsWith("  because: /proc/x: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null/x", "/dev/null"})
    void a_file_in_the_place_of_a_directory_has_a_reason_in_words(String path) {
        assertThat(new Shell(Map.of("FLOW_DATA_DIR", path))
                        .flow("users", "list")
                        .err()
                        .lines())
                .anyMatch(line -> line.matches("  because: /dev/null[^:]*: \\S.*"));
    }

    @Test
    void no_failure_is_explained_by_a_path_alone_or_by_nothing() {
        assertThat(Main.reason(new AccessDeniedException("/data"))).isEqualTo("/data: not permitted");
        assertThat(Main.reason(new DirectoryNotEmptyException("/data"))).isEqualTo("/data: the directory is not empty");
        assertThat(Main.reason(new NotDirectoryException("/data"))).isEqualTo("/data: is no directory");
        assertThat(Main.reason(new FileSystemException("/data", null, "No space left on device")))
                .isEqualTo("/data: No space left on device");
        assertThat(Main.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    private List<String> because(String... arguments) {
        return new Shell(Map.of("FLOW_DATA_DIR", directory.toString()))
                .flow(arguments)
                .err()
                .lines()
                .filter(line -> line.startsWith("  because"))
                .toList();
    }
}
