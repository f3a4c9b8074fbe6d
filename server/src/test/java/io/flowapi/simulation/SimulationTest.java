package io.flowapi.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code -Dflow.test.seed} replays one history; {@code -Dflow.test.simulation.seeds=FROM-TO} runs others than the first. */
@Tag("one-database")
class SimulationTest {

    @Test
    void the_invariants_hold_on_every_history() {
        Histories histories = Histories.asked(300);

        histories.run();

        histories.report();
        assertThat(histories.broken()).isEmpty();
    }

    @Test
    void a_seed_is_the_same_history_whenever_it_is_run() {
        try (Runs runs = new Runs()) {
            for (long seed = 1; seed <= 10; seed++) {
                Simulation.Verdict first = runs.of(seed);
                Simulation.Verdict second = runs.of(seed);

                assertThat(second.history()).isEqualTo(first.history());
                assertThat(second.hash()).isEqualTo(first.hash());
            }
        }
    }
}
