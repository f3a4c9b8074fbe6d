package io.flowapi.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.db.Engine;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data directory hangs, or is not there; what does not need it goes on. */
@Timeout(60)
class StorageOutageTest {

    private static final Duration NOTICED_MAX = Duration.ofSeconds(20);

    private static final int READERS = 4;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @BeforeEach
    void healthy() {
        // What is not open yet could not be opened.
        IntStream.range(0, 2 * READERS).forEach(_ -> alice.get("/v1/posts").expect(200));
        becomes("200 healthy");
    }

    @Test
    void a_directory_that_hangs_degrades_and_all_else_goes_on() throws Exception {
        Path pipe = pipeWhereTheDirectoryIsTriedOut();
        becomes("200 degraded");

        assertThat(health().text("checks/storage/status")).isEqualTo("error");
        assertThat(health().text("checks/database/status")).isEqualTo("ok");
        assertThat(health().text("checks/queue/status")).isEqualTo("ok");
        publishes("while it hangs");

        goOn(pipe);
        becomes("200 healthy");
    }

    /** A file system is the only thing that hangs a file; a pipe that nobody reads hangs whoever opens it to write. */
    private static Path pipeWhereTheDirectoryIsTriedOut() throws Exception {
        Path pipe = flow.directory().resolve("probe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private static void goOn(Path pipe) throws IOException {
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            Files.delete(pipe);
        }
    }

    @Test
    void a_directory_that_is_gone_is_told_and_nothing_is_acknowledged_that_would_be_lost() throws Exception {
        String before = alice.draft(channel, "before");
        String due = alice.publishNow(channel, "accepted before");
        Path elsewhere = flow.directory().resolveSibling(flow.directory().getFileName() + "-elsewhere");
        Files.move(flow.directory(), elsewhere);
        try {
            if (flow.installation().database().engine() == Engine.POSTGRESQL) {
                becomes("200 degraded");
                publishes("while it is gone");
            } else {
                becomes("503 unhealthy");
                Answer refused = alice.post("/v1/posts", TestCaller.postJson(channel, "refused", ""));
                assertThat(refused.isProblem(503, "database_unavailable").header("Retry-After"))
                        .isEqualTo("1");
            }
            assertThat(health().text("checks/storage/status")).isEqualTo("error");
            isThere(before);
        } finally {
            Files.move(elsewhere, flow.directory());
        }
        becomes("200 healthy");
        isThere(before);
        flow.runDueJobs();
        assertThat(alice.getPost(due).path("status").asText()).isEqualTo("published");
        assertThat(alice.timeline(channel)).containsOnlyOnce("accepted before");
        publishes("when it is back");
    }

    private void isThere(String post) {
        flow.nobody().get("/health/liveness").expect(200);
        flow.nobody().get("/health/readiness").expect(200);
        assertThat(alice.getPost(post).path("content").asText()).isEqualTo("before");
    }

    private void publishes(String content) {
        flow.nobody().get("/health/liveness").expect(200);
        flow.nobody().get("/health/readiness").expect(200);
        String post = alice.publishNow(channel, content);
        flow.runDueJobs();
        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(alice.timeline(channel)).containsOnlyOnce(content);
    }

    private static void becomes(String wanted) {
        Await.within(NOTICED_MAX, () -> {
            flow.clock().advance(Duration.ofSeconds(1));
            if (!wanted.contains("503")) {
                flow.runDueJobs();
            }
            Answer health = health();
            return wanted.equals(health.status() + " " + health.text("status"));
        });
    }

    private static Answer health() {
        return flow.nobody().get("/health/health");
    }
}
