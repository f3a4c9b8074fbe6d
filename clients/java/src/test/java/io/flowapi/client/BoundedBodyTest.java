package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private final BoundedBody body = new BoundedBody(4);
    private boolean cancelled;

    @Test
    void collects_up_to_its_bound() {
        receive("ab", "cd");
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).asString().isEqualTo("abcd");
    }

    @Test
    void stops_reading_beyond_it() {
        receive("ab", "cde");
        body.onComplete();

        assertThat(cancelled).isTrue();
        assertThat(body.getBody().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("larger than 4 bytes");
    }

    private void receive(String... chunks) {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
        for (String chunk : chunks) {
            body.onNext(List.of(ByteBuffer.wrap(chunk.getBytes())));
        }
    }
}
