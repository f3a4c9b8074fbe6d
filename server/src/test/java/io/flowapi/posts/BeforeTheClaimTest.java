package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user and a worker come to the same post at the same moment: whoever was told that they were first, was. */
class BeforeTheClaimTest {

    private static final int ROUNDS = 40;
    private static final int HEAD_START_MICROS_MAX = 3000;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Random chance = new Random();
    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private String dueNow(String text) {
        return alice.schedule(channel, text, flow.clock().instant());
    }

    /** Lets a worker and the user begin together, one of them a little later than the other. */
    private Answer besideWorker(Supplier<Answer> request) throws InterruptedException {
        long headStartNanos = 1000L * chance.nextInt(-HEAD_START_MICROS_MAX, HEAD_START_MICROS_MAX);
        CountDownLatch start = new CountDownLatch(1);
        Thread worker = Thread.ofPlatform().start(() -> {
            pass(start, headStartNanos);
            flow.runDueJobs();
        });
        start.countDown();
        pass(start, -headStartNanos);
        Answer answer = request.get();
        worker.join();
        flow.runDueJobs();
        return answer;
    }

    private static void pass(CountDownLatch start, long nanos) {
        try {
            start.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private String status(String post) {
        return alice.getPost(post).path("status").asText();
    }

    @Test
    void a_cancellation_that_was_acknowledged_is_one() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String text = "Cancelled " + round;
            String post = dueNow(text);

            Answer answer = besideWorker(() -> alice.post("/v1/posts/" + post + "/cancel"));

            if (answer.status() == 200) {
                assertThat(status(post)).isEqualTo("cancelled");
                assertThat(alice.timeline(channel)).doesNotContain(text);
            } else {
                answer.isProblem(409, "post_not_cancellable");
                assertThat(status(post)).isEqualTo("published");
                assertThat(alice.timeline(channel)).containsOnlyOnce(text);
            }
        }
    }

    @Test
    void a_text_that_was_acknowledged_is_the_one_that_goes_out() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String before = "Before " + round;
            String after = "After " + round;
            String post = dueNow(before);

            Answer answer = besideWorker(() -> alice.patch("/v1/posts/" + post, "{\"content\":\"" + after + "\"}"));

            boolean acknowledged = answer.status() == 200;
            if (!acknowledged) {
                answer.isProblem(409, "post_not_editable");
            }
            assertThat(status(post)).isEqualTo("published");
            assertThat(alice.getPost(post).path("content").asText()).isEqualTo(acknowledged ? after : before);
            assertThat(alice.timeline(channel))
                    .containsOnlyOnce(acknowledged ? after : before)
                    .doesNotContain(acknowledged ? before : after);
        }
    }
}
