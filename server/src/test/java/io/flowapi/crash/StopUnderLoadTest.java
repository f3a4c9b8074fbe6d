package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while callers write, on kept connections and on new ones. */
@Tag("one-database")
class StopUnderLoadTest {

    private static final String DRAIN_SECONDS = "1";
    private static final int BEFORE = 200;
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void what_was_taken_is_answered_and_readiness_says_no_until_nothing_is_taken() {
        Path data = directory.resolve("data");
        Map<String, String> environment = new HashMap<>(ChosenDatabase.fresh());
        environment.put("FLOW_DRAIN_SECONDS", DRAIN_SECONDS);

        try (RestartedServer server = RestartedServer.firstStart("stop", "test key", data, environment)) {
            try (Drafters drafters = Drafters.start(server.api());
                    Probes probes = Probes.start(server.api())) {
                Await.within(WARM_UP_MAX, () -> drafters.answered() > BEFORE);
                server.process().askToStop();
                Await.within(STOP_MAX, () -> probes.said(503));
                int answered = drafters.answered();
                assertThat(server.process().ends(STOP_MAX)).isTrue();

                drafters.awaitEnd();
                assertThat(drafters.answered()).as("answered while it said no").isGreaterThan(answered);
                assertThat(drafters.refusals()).isEmpty();
                assertThat(probes.words()).containsExactly(200, 503);

                server.restart();
                List<String> stored = server.api().all("/v1/posts").stream()
                        .map(post -> post.path("content").asText())
                        .toList();
                assertThat(stored).doesNotHaveDuplicates().containsAll(drafters.acknowledged());
                // There may be none.
                assertThat(drafters.unanswered()).as("done and not answered").noneMatch(stored::contains);
                System.out.printf(
                        "SIGTERM under load: %d answered, %d of them while it said no, %d on connections that ended%n",
                        drafters.answered(),
                        drafters.answered() - answered,
                        drafters.unanswered().size());
            }
        }
    }
}
