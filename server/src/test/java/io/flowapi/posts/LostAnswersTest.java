package io.flowapi.posts;

import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network that loses an answer now and then is no network that fails, however much it is sent at once. */
class LostAnswersTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int POSTS = 600;
    private static final int ANSWERS_LOST_EVERY = 8;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @Test
    void answers_that_are_lost_among_others_do_not_count_as_in_a_row() {
        for (int i = 0; i < POSTS; i++) {
            alice.publishNow(channel, i % ANSWERS_LOST_EVERY == 0 ? i + " [sandbox:timeout]" : "post " + i);
        }

        flow.startWorker();

        // The clock stands still: what waits for the network waits for ever.
        Await.within(
                WITHIN,
                () -> alice.get("/v1/posts?limit=1&status=publishing")
                        .ok()
                        .path("data")
                        .isEmpty());
    }
}
