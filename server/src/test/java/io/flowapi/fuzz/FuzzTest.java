package io.flowapi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The requests are random: {@code -Dflow.test.seed} draws the same ones again, {@code -Dflow.test.fuzz} sets how many there
 * are, and {@code -Dflow.test.evidence} names a file for the figures. Only ids and the order in which the server's own work
 * is done differ from run to run; a finding shows its exact bytes.
 */
class FuzzTest {

    /** Then there is a new installation, so that the last requests are as fast as the first. */
    private static final int INSTALLATION_REQUESTS = 5_000;

    private static final int LIFE_REQUESTS = 40;
    private static final int VALID_PERCENT = 40;
    private static final int MUTATED_PERCENT = 35;

    @Test
    void whatever_is_sent_is_answered_as_the_document_says() throws IOException {
        long seed = Long.getLong("flow.test.seed", System.nanoTime());
        int count = Integer.getInteger("flow.test.fuzz", 5_000);
        System.out.println("fuzz with -Dflow.test.seed=" + seed + " -Dflow.test.fuzz=" + count);

        Figures figures = new Figures(seed);
        for (int first = 0; first < count; first += INSTALLATION_REQUESTS) {
            Flow flow = new Flow();
            flow.start();
            try {
                send(new World(flow), seed, first, Math.min(count, first + INSTALLATION_REQUESTS), figures);
            } finally {
                flow.stop();
            }
        }
        figures.report();

        assertThat(figures.broken()).isEmpty();
    }

    private static void send(World world, long seed, int first, int end, Figures figures) throws IOException {
        Requests requests = new Requests(world);
        try (Line line = new Line(world.port())) {
            for (int number = first; number < end && !figures.enough(); number++) {
                Sent sent = drawn(requests, number, new Draw(seed, number));
                exchange(line, sent, world, figures);
                if (number % LIFE_REQUESTS == 0) {
                    world.live();
                }
            }
        }
    }

    private static Sent drawn(Requests requests, int number, Draw draw) {
        Sent valid = requests.valid(number, draw);
        int kind = draw.below(100);
        if (kind < VALID_PERCENT) {
            return valid;
        }
        if (kind < VALID_PERCENT + MUTATED_PERCENT && valid.operation().hasBody()) {
            return valid.withBody(new Mutations(draw).of(valid.body()));
        }
        return new Hostile(draw).of(valid);
    }

    private static void exchange(Line line, Sent sent, World world, Figures figures) throws IOException {
        try {
            Optional<Answer> answer = line.exchange(sent);
            figures.count(sent, answer, Verdict.on(sent, answer));
            answer.ifPresent(any -> world.learn(sent, any));
        } catch (Line.Unreadable broken) {
            figures.count(sent, Optional.empty(), Optional.of(broken.getMessage()));
        }
    }
}
