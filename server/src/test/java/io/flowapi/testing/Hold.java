package io.flowapi.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the upstream do the request, and keeps its answer until the test releases it. For one connection. */
public final class Hold implements Treatment {

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void treat(Link link) throws IOException, InterruptedException {
        byte[] answer = link.exchange();
        answered.countDown();
        released.await();
        link.answer(answer);
    }

    /** Returns when the upstream has answered and the client does not know. */
    public void awaitAnswer(Duration within) {
        try {
            if (!answered.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("no answer of the upstream within " + within);
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    public void release() {
        released.countDown();
    }
}
