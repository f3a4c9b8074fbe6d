package io.flowapi.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.ServerLock;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class RestoreCommandTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TempDir
    Path temporary;

    private final TestCaller alice = flow.caller();
    private final String draft = alice.draft(alice.channel(), "Kept");
    private Path backup;

    @BeforeEach
    void backUp() {
        backup = Path.of(new Shell(flow.environment())
                .flow("backup", "--to", temporary.resolve("backups").toString(), "--json")
                .json()
                .getFirst()
                .path("path")
                .asText());
    }

    private Path data() {
        return temporary.resolve("restored");
    }

    private Shell.Output restore(String... options) {
        return new Shell(Map.of("FLOW_DATA_DIR", data().toString()))
                .flow(Stream.concat(Stream.of("restore", "--from", backup.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void makes_a_directory_for_its_owner_alone_and_says_that_the_key_must_come() throws IOException {
        Shell.Output restored = restore();

        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out()).contains("Put the encryption key there (local)", "revoke them again");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("flow.db"))))
                .isEqualTo("rw-------");
        try (Stream<Path> entries = Files.list(data())) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("flow.db", "server.lock");
        }
    }

    @Test
    void the_option_says_where_and_json_what() {
        Path other = temporary.resolve("other");

        JsonNode restored = restore("--to", other.toString(), "--json").json().getFirst();

        assertThat(restored.path("to").asText()).isEqualTo(other.toString());
        assertThat(restored.path("from").asText()).isEqualTo(backup.toString());
        assertThat(restored.at("/rows/posts").asInt()).isPositive();
        assertThat(restored.path("encryptionKeyIds").get(0).asText()).isEqualTo("local");
        assertThat(other.resolve("flow.db")).exists();
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_directory_that_holds_something_is_refused_and_left_as_it_is() throws IOException {
        Files.createDirectory(data());
        Files.writeString(data().resolve("flow.db"), "another one");

        Shell.Output refused = restore();

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains(data().toString(), "not empty", "flow.db");
        assertThat(data().resolve("flow.db")).hasContent("another one");
    }

    @Test
    void a_directory_in_which_a_server_runs_is_refused() {
        try (ServerLock _ = DataDirectory.open(data()).lock()) {
            Shell.Output refused = restore();

            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("process id " + ProcessHandle.current().pid());
        }
        assertThat(data().resolve("flow.db")).doesNotExist();
    }

    @Test
    void a_backup_that_was_changed_is_refused_and_leaves_nothing() throws IOException {
        byte[] database = Files.readAllBytes(backup.resolve("flow.db"));
        database[database.length - 1] ^= 1;
        Files.write(backup.resolve("flow.db"), database);

        Shell.Output refused = restore();

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("SHA-256");
        assertThat(data().resolve("flow.db")).doesNotExist();
        assertThat(data().resolve("restoring")).doesNotExist();
    }

    @Test
    void a_restore_that_was_broken_off_can_be_repeated() throws IOException {
        Files.createDirectories(data().resolve("restoring"));
        Files.writeString(data().resolve("restoring").resolve("flow.db"), "half");
        Files.writeString(data().resolve("server.lock"), "1");

        assertThat(restore().exit()).isZero();

        assertThat(data().resolve("flow.db")).exists();
        assertThat(data().resolve("restoring")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve --port 0", "migrate", "users add kim", "keys list --user kim"})
    void nothing_starts_on_what_a_restore_that_was_broken_off_left(String command) throws IOException {
        Files.createDirectories(data().resolve("restoring"));
        Files.writeString(data().resolve("restoring").resolve("flow.db"), "half");

        Shell.Output refused = new Shell(Map.of("FLOW_DATA_DIR", data().toString())).flow(command.split(" "));

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("restore into " + data() + " was broken off", "flow restore", data() + "/restoring");
        assertThat(data().resolve("flow.db")).doesNotExist();
        assertThat(data().resolve("encryption.key")).doesNotExist();
        assertThat(restore().exit()).isZero();
        assertThat(data().resolve("restoring")).doesNotExist();
    }

    @Test
    void a_restore_that_was_broken_off_after_its_last_step_is_done() throws IOException {
        restore();
        Files.copy(flow.directory().resolve("encryption.key"), data().resolve("encryption.key"));
        Files.createDirectory(data().resolve("restoring"));

        assertThat(new Shell(Map.of("FLOW_DATA_DIR", data().toString()))
                        .flow("migrate")
                        .exit())
                .isZero();
    }

    @Test
    void a_file_system_of_its_own_is_empty_in_spite_of_what_its_maker_put_there() throws IOException {
        Files.createDirectories(data().resolve("lost+found"));

        assertThat(restore().exit()).isZero();
        assertThat(data().resolve("lost+found")).isDirectory();
    }

    @Test
    void a_directory_and_a_backup_that_others_may_read_become_a_directory_for_its_owner_alone() throws IOException {
        Files.createDirectory(data());
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(backup.resolve("flow.db"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(restore().exit()).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("flow.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_is_no_backup_is_refused() {
        backup = temporary;

        assertThat(restore().err()).contains(temporary + " is no backup");
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_server_does_not_make_a_new_key_for_a_restored_database() throws IOException {
        restore();
        Map<String, String> environment = Map.of("FLOW_DATA_DIR", data().toString());

        Shell.Output refused = new Shell(environment).flow("users", "list");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("put the key of this database there");
        assertThat(data().resolve("encryption.key")).doesNotExist();
    }

    @Test
    void the_key_may_be_there_already_and_the_server_starts_with_what_was_backed_up() throws IOException {
        Files.createDirectory(
                data(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(flow.directory().resolve("encryption.key"), data().resolve("encryption.key"));

        assertThat(restore().exit()).isZero();

        Flow restored = new Flow();
        restored.start(data());
        assertThat(restored.nobody()
                        .withKey(alice.key())
                        .getPost(draft)
                        .path("content")
                        .asText())
                .isEqualTo("Kept");
        restored.stop();
    }

    @Test
    void a_time_that_is_none_or_has_not_come_is_refused() {
        assertThat(restore("--stopped-at", "yesterday").exit()).isEqualTo(2);
        assertThat(restore("--stopped-at", "2999-01-01T00:00:00Z").exit()).isEqualTo(2);
        assertThat(data()).doesNotExist();
    }
}
