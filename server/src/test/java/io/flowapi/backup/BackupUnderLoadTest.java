package io.flowapi.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("one-database")
@Timeout(120)
class BackupUnderLoadTest {

    private static final int CALLERS = 4;
    private static final int BEFORE = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final Flow flow = new Flow();

    @TempDir
    Path folder;

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void all_that_was_acknowledged_before_a_backup_began_is_there_after_a_restore() throws Exception {
        List<String> before;
        JsonNode backup;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> load = createPosts(callers);
            Await.within(PATIENCE, () -> acknowledged.size() >= BEFORE);
            before = List.copyOf(acknowledged);
            backup = new Shell(flow.environment())
                    .flow("backup", "--to", folder.toString(), "--json")
                    .json()
                    .getFirst();
            enough.set(true);
            for (Future<?> caller : load) {
                caller.get();
            }
        }
        assertThat(acknowledged).as("posts were created meanwhile").hasSizeGreaterThan(before.size());
        assertThat(backup.at("/rows/posts").asInt()).isBetween(before.size(), acknowledged.size());

        Flow restored = restored(Path.of(backup.path("path").asText()));
        try {
            TestCaller again = restored.nobody().withKey(alice.key());
            assertThat(before)
                    .allSatisfy(post -> assertThat(
                                    again.getPost(post).path("status").asText())
                            .isEqualTo("draft"));
            assertThat(again.get("/health/health")
                            .ok()
                            .at("/checks/database/status")
                            .asText())
                    .isEqualTo("ok");
            restored.runDueJobs();
            // What was found out about it before is kept for a second.
            restored.clock().advance(Duration.ofSeconds(1));
            assertThat(new Shell(restored.environment())
                            .flow("doctor", "--url", "http://127.0.0.1:" + restored.port())
                            .exit())
                    .as("doctor agrees")
                    .isZero();
        } finally {
            restored.stop();
        }
    }

    private List<Future<?>> createPosts(ExecutorService callers) {
        return IntStream.range(0, CALLERS)
                .<Future<?>>mapToObj(caller -> callers.submit(() -> {
                    while (!enough.get()) {
                        acknowledged.add(alice.draft(channel, "under load"));
                    }
                }))
                .toList();
    }

    private Flow restored(Path backup) throws Exception {
        Path directory = Files.createTempDirectory("flow-restored");
        Map<String, String> environment = new HashMap<>(flow.environment());
        environment.put("FLOW_DATA_DIR", directory.toString());
        assertThat(new Shell(environment)
                        .flow("restore", "--from", backup.toString())
                        .exit())
                .isZero();
        Files.copy(flow.directory().resolve("encryption.key"), directory.resolve("encryption.key"));
        Flow restored = new Flow();
        restored.start(directory);
        return restored;
    }
}
