package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a disk of its own, which is filled and emptied again: a small tmpfs that only this process sees. */
@Tag("one-database")
class FullDiskTest {

    private static final Duration NOTICED_MAX = Duration.ofSeconds(30);
    private static final String MOUNT = "mount -t tmpfs -o size=8m,mode=700 none \"$0\" && exec \"$@\"";
    /** Made elsewhere and moved, because what is opened for writing meanwhile would keep it as it is. */
    private static final String READ_ONLY =
            "mount --bind \"$0\" \"$1\" && mount -o remount,ro,bind \"$1\" && mount --move \"$1\" \"$0\"";

    private static final int DRAFTS_MAX = 2_000;
    private static final int DUE = 3;
    private static final String TEXT = "x".repeat(5_000);

    @TempDir
    Path directory;

    private Path data;
    private ServerProcess server;
    private Api api;
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        List<String> onADiskOfItsOwn = List.of("unshare", "-rm", "sh", "-c", MOUNT, data.toString());
        assumeTrue(works("unshare", "-rm", "sh", "-c", MOUNT, data.toString(), "true"), "no right to mount here");
        server = ServerProcess.start(onADiskOfItsOwn, data, Map.of());
        api = new Api(server.url(), server.told("test key"));
        sandbox = new Sandbox(server.told("sandbox channel"));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void refuses_what_it_cannot_store_shows_the_rest_and_recovers_without_a_restart() throws Exception {
        Path ballast = Path.of("/proc", Long.toString(server.pid()), "root", data.toString(), "ballast");
        List<String> acknowledged = new ArrayList<>();
        acknowledged.add(created(api.createDraft(sandbox.channel(), "Before")));
        Instant due = Instant.now().plusSeconds(2);
        for (int post = 0; post < DUE; post++) {
            acknowledged.add(created(api.schedule(sandbox.channel(), "Due " + post, due)));
        }

        fill(ballast);
        HttpResponse<String> refused = draftsUntilRefused(acknowledged);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"storage_exhausted\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        areThere(acknowledged);
        Await.within(NOTICED_MAX, () -> health("database").equals("503 unhealthy, database error"));
        isAliveAndReady();
        Await.within(NOTICED_MAX, () -> Instant.now().isAfter(due));

        Files.delete(ballast);
        Await.within(NOTICED_MAX, () -> health("database").equals("200 healthy, database ok"));
        Await.within(NOTICED_MAX, () -> probesIn(ballast.getParent()) == 0);

        acknowledged.add(created(api.createDraft(sandbox.channel(), "After")));
        areThere(acknowledged);
        Await.within(NOTICED_MAX, () -> api.all("/v1/posts?status=published").size() == DUE);
        assertThat(sandbox.timeline(api)).containsExactlyInAnyOrder("Due 0", "Due 1", "Due 2");
    }

    @Test
    void a_directory_that_became_read_only_degrades_and_what_is_open_goes_on() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("read-only"));
        assumeTrue(inItsPlace(READ_ONLY, data, readOnly), "no right to enter");
        Await.within(NOTICED_MAX, () -> health("storage").equals("200 degraded, storage error"));

        isAliveAndReady();
        String post = created(api.publishNow(sandbox.channel(), "Meanwhile", "key"));
        Await.within(NOTICED_MAX, () -> api.all("/v1/posts?status=published").size() == 1);
        areThere(List.of(post));

        assertThat(inItsPlace("umount -l \"$0\"", data)).isTrue();
        Await.within(NOTICED_MAX, () -> health("storage").equals("200 healthy, storage ok"));
    }

    /** Runs it where the server sees its disk. */
    private boolean inItsPlace(String script, Path... paths) {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "-t", "" + server.pid(), "-U", "-m", "sh", "-c", script));
        Stream.of(paths).map(Path::toString).forEach(command::add);
        return works(command.toArray(String[]::new));
    }

    private void isAliveAndReady() throws IOException {
        assertThat(api.status("/health/liveness")).isEqualTo(200);
        assertThat(api.status("/health/readiness")).isEqualTo(200);
    }

    private void areThere(List<String> posts) {
        posts.forEach(
                id -> assertThat(api.get("/v1/posts/" + id).path("id").asText()).isEqualTo(id));
    }

    /** What is left in files that have their space already may still be used. */
    private HttpResponse<String> draftsUntilRefused(List<String> acknowledged) throws IOException {
        for (int draft = 0; draft < DRAFTS_MAX; draft++) {
            HttpResponse<String> answer = api.createDraft(sandbox.channel(), TEXT);
            if (answer.statusCode() != 201) {
                return answer;
            }
            acknowledged.add(created(answer));
        }
        throw new AssertionError("the disk is not full");
    }

    private static String created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.tree(answer.body()).path("id").asText();
    }

    private static void fill(Path ballast) throws IOException {
        byte[] kilobytes = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(kilobytes);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private String health(String check) {
        try {
            HttpResponse<String> answer = api.answer("/health/health");
            JsonNode health = Json.tree(answer.body());
            return answer.statusCode() + " " + health.path("status").asText() + ", " + check + " "
                    + health.at("/checks/" + check + "/status").asText();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException none) {
            return false;
        }
    }

    /** One may be at work; what is left behind never goes. */
    private static long probesIn(Path data) {
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("probe"))
                    .count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
