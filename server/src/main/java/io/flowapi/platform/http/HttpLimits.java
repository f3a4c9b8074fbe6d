package io.flowapi.platform.http;

import java.time.Duration;

/**
 * How much one server takes at a time, and how long it waits for the other side.
 *
 * @param connectionsMax open at a time; some more are taken for one request each, of which only probes are served
 * @param requestsMax worked on at a time, probes and what is only read not counted
 * @param requestReadMax from the first byte of a request to the last of its body, whatever arrives in between
 * @param idleMax from the last answer, or the connect, to the first byte of a request
 * @param answerWriteMax to hand over one answer
 */
public record HttpLimits(
        int connectionsMax, int requestsMax, Duration requestReadMax, Duration idleMax, Duration answerWriteMax) {

    public static final HttpLimits STANDARD =
            new HttpLimits(1000, 256, Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
