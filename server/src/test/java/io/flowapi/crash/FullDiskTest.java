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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a disk of its own, which is filled and emptied again: a small tmpfs that only this process sees. */
@Tag("one-database")
class FullDiskTest {

    private static final Duration NOTICED_MAX = Duration.ofSeconds(30);
    private static final String MOUNT = "mount -t tmpfs -o size=8m,mode=700 none \"$0\" && exec \"$@\"";
    private static final int DRAFTS_MAX = 2_000;
    private static final String TEXT = "x".repeat(5_000);

    @TempDir
    Path directory;

    @Test
    void refuses_what_it_cannot_store_shows_the_rest_and_recovers_without_a_restart() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        List<String> onADiskOfItsOwn = List.of("unshare", "-rm", "sh", "-c", MOUNT, data.toString());
        assumeTrue(works("unshare", "-rm", "sh", "-c", MOUNT, data.toString(), "true"), "no right to mount here");
        try (ServerProcess server = ServerProcess.start(onADiskOfItsOwn, data, Map.of())) {
            Api api = new Api(server.url(), server.told("test key"));
            String channel = server.told("sandbox channel");
            Path ballast = Path.of("/proc", Long.toString(server.pid()), "root", data.toString(), "ballast");
            List<String> acknowledged = new ArrayList<>();
            acknowledged.add(created(api.createDraft(channel, "Before")));

            fill(ballast);
            HttpResponse<String> refused = draftsUntilRefused(api, channel, acknowledged);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"storage_exhausted\"");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            acknowledged.forEach(id ->
                    assertThat(api.get("/v1/posts/" + id).path("id").asText()).isEqualTo(id));
            Await.within(NOTICED_MAX, () -> health(api).equals("503 unhealthy"));
            assertThat(status(api, "/health/liveness")).isEqualTo(200);
            assertThat(status(api, "/health/readiness")).isEqualTo(200);

            Files.delete(ballast);
            Await.within(NOTICED_MAX, () -> health(api).equals("200 healthy"));
            Await.within(NOTICED_MAX, () -> probesIn(ballast.getParent()) == 0);

            acknowledged.add(created(api.createDraft(channel, "After")));
            acknowledged.forEach(id ->
                    assertThat(api.get("/v1/posts/" + id).path("id").asText()).isEqualTo(id));
        }
    }

    /** What is left in files that have their space already may still be used. */
    private static HttpResponse<String> draftsUntilRefused(Api api, String channel, List<String> acknowledged)
            throws IOException {
        for (int draft = 0; draft < DRAFTS_MAX; draft++) {
            HttpResponse<String> answer = api.createDraft(channel, TEXT);
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

    private static String health(Api api) {
        try {
            HttpResponse<String> answer = api.answer("/health/health");
            JsonNode health = Json.tree(answer.body());
            return answer.statusCode() + " " + health.path("status").asText();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
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

    private static int status(Api api, String target) throws IOException {
        return api.answer(target).statusCode();
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException none) {
            return false;
        }
    }
}
