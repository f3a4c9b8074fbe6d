package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while posts are on their way to a real Bluesky server, over a network that is slow, loses requests
 * and answers, and delivers requests after their sender's death. {@code -Dflow.test.evidence} names a file for the figures.
 */
@Tag("one-database")
class KillNineOnBlueskyTest {

    /** On PostgreSQL each death costs a lease; one is enough to see that it runs out. */
    private static final int ROUNDS = ChosenDatabase.POSTGRES ? 1 : 5;

    private static final int ACCOUNTS = 4;

    /** As long as the longest wait that a rate limit can ask for, five minutes, and what is normal. */
    private static final Duration SETTLED_MAX = ChosenDatabase.LEASE.plusMinutes(6);

    private static final Duration DELAY = Duration.ofMillis(50);

    /** Longer than a restart: the next server has asked for the post before it arrives. */
    private static final Duration LONG_DELAY = Duration.ofSeconds(4);

    private static final int SLOW_BYTES_PER_SECOND = 2_000;

    @TempDir
    Path directory;

    private static RealPds pds;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    @Test
    void what_was_acknowledged_is_shown_by_bluesky_once_however_often_the_server_is_killed() {
        KillRun run = KillRun.of(ROUNDS);
        Path data = directory.resolve("data");

        try (CuttingProxy proxy = CuttingProxy.before(pds.url());
                RestartedServer server =
                        RestartedServer.firstStart(run.toString(), "live key", data, ChosenDatabase.fresh())) {
            Bluesky bluesky = Bluesky.connect(server.api(), pds, proxy.url(), ACCOUNTS);
            Random random = new Random(run.seed());
            proxy.otherwise(Treatment.each(() -> drawn(random)));

            Findings findings = run.over(server, bluesky, SETTLED_MAX);

            findings.report("kill-nine-bluesky", calls(proxy));
            assertThat(findings.acknowledged()).as("%s: acknowledged", run).isPositive();
            assertThat(findings.broken()).as("%s", run).isEmpty();
        }
    }

    private static Treatment drawn(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Treatment.cutBeforeAnswer();
            case 1 -> Treatment.slowly(SLOW_BYTES_PER_SECOND);
            case 2 -> Treatment.forward().after(LONG_DELAY);
            case 3 -> Treatment.cutAtOnce();
            default -> Treatment.forward().after(DELAY);
        };
    }

    private static Map<String, Object> calls(CuttingProxy proxy) {
        return Map.of("putRecord", proxy.requests("putRecord"), "getRecord", proxy.requests("getRecord"));
    }
}
