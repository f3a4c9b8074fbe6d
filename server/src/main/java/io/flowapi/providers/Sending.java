package io.flowapi.providers;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to publish one target.
 *
 * @param attempt from 1
 * @param request as {@link Publisher#prepare} made it at the first attempt
 * @param startedAt when it was about to be sent
 * @param mayBeThere whether an attempt of before may have been taken: it was not proven that it was not sent, or refused
 */
public record Sending(
        UUID targetId, UUID channelId, int attempt, String request, Instant startedAt, boolean mayBeThere) {

    public Sending(UUID targetId, UUID channelId, int attempt, String request, Instant startedAt) {
        this(targetId, channelId, attempt, request, startedAt, attempt > 1);
    }
}
