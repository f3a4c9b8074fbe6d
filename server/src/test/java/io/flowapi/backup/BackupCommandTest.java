package io.flowapi.backup;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class BackupCommandTest {

    private static final int PAGE_BYTES = 4096;

    @RegisterExtension
    static final Flow flow = new Flow();

    @TempDir
    Path temporary;

    private Path folder() {
        return temporary.resolve("backups");
    }

    private Shell.Output backUp(String... options) {
        return backUp(flow.environment(), options);
    }

    private Shell.Output backUp(Map<String, String> environment, String... options) {
        return new Shell(environment)
                .flow(Stream.concat(Stream.of("backup", "--to", folder().toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void a_backup_beside_a_server_says_what_is_in_it_and_that_the_key_is_not() throws IOException {
        TestCaller alice = flow.caller();
        alice.draft(alice.channel(), "Kept");

        Shell.Output made = backUp("--json");

        JsonNode shown = made.json().getFirst();
        Path backup = Path.of(shown.path("path").asText());
        assertThat(made.exit()).isZero();
        assertThat(backup).hasParent(folder());
        assertThat(shown.at("/rows/posts").asInt()).isPositive();
        assertThat(shown.path("schemaVersion").asInt()).isPositive();
        assertThat(shown.path("encryptionKeyIncluded").asBoolean(true)).isFalse();
        assertThat(shown.path("encryptionKeyIds")).hasSize(1);
        assertThat(backUp().out())
                .contains("verified", "The encryption key is not in it. Keep it somewhere else (local)");
    }

    @Test
    void no_file_of_it_holds_the_key_and_only_its_owner_can_read_it() throws IOException {
        Path backup = Path.of(backUp("--json").json().getFirst().path("path").asText());

        String key =
                Files.readString(flow.directory().resolve("encryption.key")).strip();
        assertThat(names(backup)).isEqualTo(Set.of("flow.db", "backup.json"));
        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(backup)).isEqualTo("rwx------");
        for (String name : names(backup)) {
            assertThat(permissions(backup.resolve(name))).isEqualTo("rw-------");
            assertThat(new String(Files.readAllBytes(backup.resolve(name)), StandardCharsets.ISO_8859_1))
                    .doesNotContain(key.substring(key.indexOf(':') + 1));
        }
    }

    @Test
    void the_data_directory_notes_the_last_one_that_went_well() throws IOException {
        Path backup = Path.of(backUp("--json").json().getFirst().path("path").asText());

        Path note = flow.directory().resolve("last-backup");
        assertThat(permissions(note)).isEqualTo("rw-------");
        JsonNode noted = Json.tree(Files.readString(note));
        assertThat(noted.path("path").asText()).isEqualTo(backup.toString());
        assertThat(noted.path("at").isIntegralNumber()).isTrue();
        assertThat(LastBackup.of(flow.directory()).orElseThrow().at())
                .isEqualTo(Backup.at(backup).manifest().at());
    }

    @Test
    void the_oldest_are_removed_and_the_new_one_never() throws IOException {
        List<Path> made = Stream.generate(() -> backUp("--keep", "3", "--json"))
                .limit(5)
                .map(run -> Path.of(run.json().getFirst().path("path").asText()))
                .toList();
        Files.createDirectory(folder().resolve("flow-20990101T000000000Z"));
        Files.createDirectory(folder().resolve("photos"));

        JsonNode last = backUp("--keep", "1", "--json").json().getFirst();

        assertThat(made.subList(0, 2)).allSatisfy(old -> assertThat(old).doesNotExist());
        assertThat(last.path("removed")).hasSize(4);
        assertThat(names(folder()))
                .isEqualTo(
                        Set.of(Path.of(last.path("path").asText()).getFileName().toString(), "photos", "backup.lock"));
    }

    @Test
    void what_a_killed_backup_leaves_never_looks_finished_and_goes_with_the_next() throws IOException {
        backUp();
        Path left = folder().resolve("flow-20261123T093000000Z.partial");
        Files.createDirectory(left);
        Files.writeString(left.resolve("flow.db"), "half");

        assertThat(new Shell(Map.of("FLOW_DATA_DIR", temporary.resolve("new").toString()))
                        .flow("restore", "--from", left.toString())
                        .err())
                .contains("is no backup");
        backUp("--keep", "2");

        assertThat(left).doesNotExist();
        assertThat(names(folder())).hasSize(3);
    }

    @Test
    void a_damaged_database_is_refused_and_the_backups_of_before_stay() throws IOException {
        Path whole = Path.of(backUp("--json").json().getFirst().path("path").asText());
        Path data = Files.createTempDirectory(temporary, "data");
        byte[] database = Files.readAllBytes(whole.resolve("flow.db"));
        Arrays.fill(database, PAGE_BYTES, database.length, (byte) 0x7f);
        Files.write(data.resolve("flow.db"), database);
        Map<String, String> environment = new HashMap<>(flow.environment());
        environment.put("FLOW_DATA_DIR", data.toString());

        Shell.Output failed = backUp(environment, "--keep", "1");

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("flow.db", "malformed");
        assertThat(whole).exists();
        assertThat(names(folder()).stream().filter(name -> name.endsWith("Z"))).hasSize(1);
        assertThat(data.resolve("last-backup")).doesNotExist();
    }

    @Test
    void a_second_backup_into_the_folder_at_the_same_time_is_refused() throws IOException {
        backUp();
        Set<String> before = names(folder());
        try (FileChannel other = FileChannel.open(folder().resolve("backup.lock"), StandardOpenOption.WRITE)) {
            other.lock();

            Shell.Output failed = backUp();

            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.err()).contains("another backup is being made");
        }
        assertThat(names(folder())).isEqualTo(before);
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Files.writeString(folder(), "a file");

        Shell.Output failed = backUp();

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains(folder().toString(), "are untouched");
    }

    @Test
    void without_a_database_there_is_nothing_to_back_up() {
        Path empty = temporary.resolve("empty");

        Shell.Output failed = backUp(Map.of("FLOW_DATA_DIR", empty.toString()));

        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("nothing to back up", empty.toString());
        assertThat(empty).doesNotExist();
        assertThat(folder()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "all"})
    void a_number_to_keep_that_is_none_is_refused(String keep) {
        assertThat(backUp("--keep", keep).exit()).isEqualTo(2);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void postgresql_has_its_own_tools_and_they_are_named() {
        Map<String, String> environment = Map.of("DATABASE_URL", "postgres://flow:hunter2@localhost/flow");

        Shell.Output backup = backUp(environment);
        Shell.Output restore = new Shell(environment).flow("restore", "--from", folder().toString());

        assertThat(backup.exit()).isEqualTo(2);
        assertThat(backup.err()).contains("pg_dump").doesNotContain("hunter2");
        assertThat(restore.exit()).isEqualTo(2);
        assertThat(restore.err()).contains("pg_restore").doesNotContain("hunter2");
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(toSet());
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
