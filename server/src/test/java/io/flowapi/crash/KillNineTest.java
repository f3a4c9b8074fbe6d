package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dflow.test.evidence} names a file for the figures. */
class KillNineTest {

    private static final Duration RECOVERY_MAX = ChosenDatabase.LEASE.plusSeconds(10);
    /** Shorter than a lease where no lease has to run out. */
    private static final Duration SETTLED_MAX = ChosenDatabase.LEASE.plusSeconds(45);

    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final int ROUNDS = 5;
    /** A death at a random moment may find everything published, ten in a row do not. */
    private static final int ROUNDS_TO_LEAVE_SOME = 10;

    private static final String STARTER = "cli:" + System.getProperty("user.name") + " at local";

    @TempDir
    Path directory;

    private Path data;
    private Map<String, String> environment;

    @BeforeEach
    void prepare() {
        data = directory.resolve("data");
        environment = ChosenDatabase.fresh();
    }

    @Test
    void what_was_acknowledged_is_published_once_however_often_the_server_is_killed() {
        KillRun run = KillRun.of(ROUNDS);

        try (RestartedServer server = RestartedServer.firstStart(run.toString(), "test key", data, environment)) {
            Findings findings = run.over(server, Sandbox.of(server), SETTLED_MAX);

            findings.report("kill-nine", Map.of());
            assertThat(findings.acknowledged()).as("%s: acknowledged", run).isPositive();
            assertThat(findings.broken()).as("%s", run).isEmpty();
            assertThat(audited(server.api(), "createPost"))
                    .as("%s: audited", run)
                    .hasSize(findings.acknowledged());
            assertThat(audited(server.api(), "target.published"))
                    .as("%s: audited", run)
                    .hasSize(findings.acknowledged());
            assertThat(findings.recoveries())
                    .as("%s: from readiness to the first post that was left over", run)
                    .hasSizeGreaterThanOrEqualTo(run.rounds() / ROUNDS_TO_LEAVE_SOME)
                    .allMatch(recovery -> recovery.compareTo(RECOVERY_MAX) < 0);
        }
    }

    @Test
    void a_first_start_writes_down_who_started_it() {
        try (RestartedServer server = RestartedServer.firstStart("first start", "test key", data, environment)) {
            assertThat(server.api().all("/v1/audit-entries"))
                    .extracting(entry -> entry.path("action").asText() + " by "
                            + entry.path("actor").asText() + " at "
                            + entry.path("address").asText())
                    .containsExactlyInAnyOrder(
                            "createUser by " + STARTER, "createApiKey by " + STARTER, "createChannel by " + STARTER);
        }
    }

    /** What these entries speak of, each once. */
    private static Set<String> audited(Api api, String action) {
        List<String> resources = api.all("/v1/audit-entries?action=" + action).stream()
                .map(entry -> entry.path("resourceId").asText())
                .toList();
        assertThat(resources).doesNotHaveDuplicates();
        return Set.copyOf(resources);
    }

    @Test
    void a_second_server_is_refused_and_told_whose_directory_it_is() {
        try (ServerProcess first = ServerProcess.start(data, environment);
                ServerProcess second = ServerProcess.launch(data, environment)) {
            assertThat(second.ends(STOP_MAX)).isTrue();

            assertThat(second.exitCode()).isNotZero();
            assertThat(second.errors()).contains("process id " + first.pid());
            assertThat(first.ends(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void a_server_that_is_told_to_stop_ends_soon_and_loses_nothing() {
        try (RestartedServer server = RestartedServer.firstStart("SIGTERM", "test key", data, environment)) {
            Network sandbox = Sandbox.of(server);
            Creators creators = Creators.start(server::api, sandbox);
            try (creators) {
                assertThat(server.process().ends(Duration.ofSeconds(1))).isFalse();
                server.process().askToStop();
                long asked = System.nanoTime();
                assertThat(server.process().ends(STOP_MAX)).isTrue();
                System.out.printf(
                        "SIGTERM: ended in %d ms%n",
                        Duration.ofNanos(System.nanoTime() - asked).toMillis());
                server.restart();
            }
            Shown shown = Shown.whenSettled(server.api(), sandbox, SETTLED_MAX);
            Findings findings = Findings.of(0, creators, shown, List.of());

            System.out.printf(
                    "SIGTERM: %d acknowledged, %d cut off, %d of them done%n",
                    findings.acknowledged(), findings.inFlight(), findings.replayed());
            assertThat(findings.broken()).isEmpty();
        }
    }
}
