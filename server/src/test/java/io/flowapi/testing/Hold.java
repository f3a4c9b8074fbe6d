package io.flowapi.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the upstream do the request, and keeps its answer until the test releases it. For one connection. */
public final class Hold implements Treatment {

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void treat(Link link) throws IOException, InterruptedException {
        byte[] answer = link.exchange();
        answered.countDown();
        released.await();
        link.answer(answer);
        try {
            link.untilClientGivesUp();
        } catch (IOException reset) {
            // A client may close so, too.
        }
        closed.countDown();
    }

    /** Returns when the upstream has answered and the client does not know. */
    public void awaitAnswer(Duration within) {
        await(answered, within, "no answer of the upstream");
    }

    public void release() {
        released.countDown();
    }

    /** Returns when the client, which had waited until the release, has closed the connection: it has the answer. */
    public void awaitClosed(Duration within) {
        await(closed, within, "the client did not take the answer and close");
    }

    private static void await(CountDownLatch latch, Duration within, String otherwise) {
        try {
            if (!latch.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(otherwise + " within " + within);
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
