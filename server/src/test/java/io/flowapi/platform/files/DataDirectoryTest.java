package io.flowapi.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void belongs_to_its_owner_alone() throws IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("a/data"));
        directory.encryptionKey();

        assertThat(permissions(parent.resolve("a/data"))).isEqualTo("rwx------");
        assertThat(permissions(parent.resolve("a/data/encryption.key"))).isEqualTo("rw-------");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void makes_its_key_once() {
        String made = DataDirectory.open(parent.resolve("data")).encryptionKey();

        String later = DataDirectory.open(parent.resolve("data")).encryptionKey();

        assertThat(later).isEqualTo(made).matches("local:[A-Za-z0-9+/]{43}=");
    }

    @Test
    void gives_all_who_come_first_the_same_key_and_leaves_nothing_behind()
            throws InterruptedException, ExecutionException, IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var keys = threads.invokeAll(IntStream.range(0, 8)
                    .mapToObj(_ -> (java.util.concurrent.Callable<String>) directory::encryptionKey)
                    .toList());
            for (var key : keys) {
                assertThat(key.get()).isEqualTo(directory.encryptionKey());
            }
        }
        assertThat(names(directory)).containsExactly("encryption.key");
    }

    @Test
    void is_locked_for_one_server_and_names_its_process() {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        try (ServerLock _ = directory.lock()) {
            assertThatThrownBy(directory::lock)
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining(
                            "process id " + ProcessHandle.current().pid())
                    .hasMessageContaining(directory.path().toString());
        }
    }

    @Test
    void can_be_locked_again_after_the_lock_was_closed() {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        directory.lock().close();

        directory.lock().close();
    }

    @Test
    void tells_whether_it_can_be_written() throws IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        assertThat(directory.writable()).isTrue();

        Files.delete(directory.path());

        assertThat(directory.writable()).isFalse();
    }

    @Test
    void a_full_disk_is_not_writable_and_no_probe_is_left_on_it() throws IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        Files.createSymbolicLink(directory.path().resolve("probe"), Path.of("/dev/full"));

        assertThat(directory.writable()).isFalse();
        assertThat(names(directory)).isEmpty();
        assertThat(directory.writable()).isTrue();
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void a_server_removes_the_probes_that_others_left_and_nothing_else() throws IOException {
        DataDirectory directory = DataDirectory.open(parent.resolve("data"));
        for (String name : List.of("probe", "probe-1", "probe-4711", "probe-x", "my-probe-1")) {
            Files.createFile(directory.path().resolve(name));
        }

        directory.lock().close();

        assertThat(names(directory)).containsExactlyInAnyOrder("server.lock", "probe-x", "my-probe-1");
    }

    private static Set<String> names(DataDirectory directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.path())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
