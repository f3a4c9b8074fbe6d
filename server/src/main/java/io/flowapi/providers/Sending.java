package io.flowapi.providers;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to publish one target.
 *
 * @param attempt from 1
 * @param request as {@link Publisher#freeze} made it
 * @param startedAt when it was about to be sent
 */
public record Sending(UUID targetId, UUID channelId, int attempt, String request, Instant startedAt) {

    /** What is to be published, before it has the network's form. */
    public record Content(UUID targetId, UUID channelId, String text) {}
}
