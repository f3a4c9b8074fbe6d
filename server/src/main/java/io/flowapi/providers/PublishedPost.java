package io.flowapi.providers;

import java.util.UUID;

/** A post as a network has it. */
public record PublishedPost(UUID targetId, UUID channelId, String providerPostId) {}
