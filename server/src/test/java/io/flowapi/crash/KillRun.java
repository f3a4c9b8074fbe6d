package io.flowapi.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills at random moments while callers create posts: {@code -Dflow.test.seed} draws the same moments again,
 * {@code -Dflow.test.rounds} sets how many there are.
 */
record KillRun(long seed, int rounds) {

    private static final int LIFE_MILLIS_MAX = 2_500;

    /** @param rounds unless others are asked for */
    static KillRun of(int rounds) {
        KillRun run = new KillRun(
                Long.getLong("flow.test.seed", System.nanoTime()), Integer.getInteger("flow.test.rounds", rounds));
        System.out.println("kill -9 with " + run);
        return run;
    }

    /** @param settledMax what posts may take that the last death left over */
    Findings over(RestartedServer server, Network network, Duration settledMax) {
        Random random = new Random(seed);
        List<Restart> restarts = new ArrayList<>();
        Creators creators = Creators.start(server::api, network);
        try (creators) {
            for (int round = 0; round < rounds; round++) {
                restarts.add(server.killAfter(Duration.ofMillis(random.nextInt(LIFE_MILLIS_MAX))));
            }
        }
        return Findings.of(seed, creators, Shown.whenSettled(server.api(), network, settledMax), restarts);
    }

    @Override
    public String toString() {
        return "-Dflow.test.seed=" + seed + " -Dflow.test.rounds=" + rounds;
    }
}
