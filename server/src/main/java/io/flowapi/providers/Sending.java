package io.flowapi.providers;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to publish one target.
 *
 * @param attempt from 1
 * @param request as {@link Publisher#prepare} made it at the first attempt
 * @param startedAt when it was about to be sent
 */
public record Sending(UUID targetId, UUID channelId, int attempt, String request, Instant startedAt) {}
