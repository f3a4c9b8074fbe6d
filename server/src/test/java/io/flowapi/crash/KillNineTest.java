package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The moments of the kills are random: {@code -Dflow.test.seed} draws the same ones again, {@code -Dflow.test.rounds} sets
 * how many there are, and {@code -Dflow.test.evidence} names a file for the figures.
 */
class KillNineTest {

    private static final boolean POSTGRES = "postgres".equals(System.getProperty("flow.test.database"));

    /** On PostgreSQL the lease of a dead worker has to run out: nobody can know that it is dead. */
    private static final Duration LEASE = POSTGRES ? Duration.ofSeconds(60) : Duration.ZERO;

    private static final Duration RECOVERY_MAX = LEASE.plusSeconds(10);
    /** Shorter than a lease where no lease has to run out. */
    private static final Duration SETTLED_MAX = LEASE.plusSeconds(45);

    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final int LIFE_MILLIS_MAX = 2_500;

    @TempDir
    Path directory;

    private Path data;
    private Map<String, String> environment;

    @BeforeEach
    void prepare() {
        data = directory.resolve("data");
        environment = POSTGRES ? Map.of("DATABASE_URL", PostgresServer.freshDatabaseUrl()) : Map.of();
    }

    @Test
    void what_was_acknowledged_is_published_once_however_often_the_server_is_killed() {
        long seed = Long.getLong("flow.test.seed", System.nanoTime());
        int rounds = Integer.getInteger("flow.test.rounds", 5);
        String run = "-Dflow.test.seed=" + seed + " -Dflow.test.rounds=" + rounds;
        System.out.println("kill -9 with " + run);
        Random random = new Random(seed);

        try (RestartedServer server = RestartedServer.firstStart(run, data, environment)) {
            Creators creators = Creators.start(server::api);
            List<Restart> restarts = new ArrayList<>();
            try (creators) {
                for (int round = 0; round < rounds; round++) {
                    restarts.add(server.killAfter(Duration.ofMillis(random.nextInt(LIFE_MILLIS_MAX))));
                }
            }
            Findings findings = Findings.of(seed, creators, Shown.whenSettled(server.api(), SETTLED_MAX), restarts);

            findings.report();
            assertThat(findings.acknowledged()).as("%s: acknowledged", run).isPositive();
            assertThat(findings.broken()).as(run).isEmpty();
            assertThat(findings.recoveries())
                    .as("%s: from readiness to the first post that was left over", run)
                    .isNotEmpty()
                    .allMatch(recovery -> recovery.compareTo(RECOVERY_MAX) < 0);
        }
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
        try (RestartedServer server = RestartedServer.firstStart("SIGTERM", data, environment)) {
            Creators creators = Creators.start(server::api);
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
            Findings findings = Findings.of(0, creators, Shown.whenSettled(server.api(), SETTLED_MAX), List.of());

            System.out.printf(
                    "SIGTERM: %d acknowledged, %d cut off, %d of them done%n",
                    findings.acknowledged(), findings.inFlight(), findings.replayed());
            assertThat(findings.broken()).isEmpty();
        }
    }
}
