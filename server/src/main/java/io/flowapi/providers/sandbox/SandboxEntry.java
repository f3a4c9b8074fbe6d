package io.flowapi.providers.sandbox;

import java.time.Instant;
import java.util.UUID;

/** A post as the sandbox network has it. */
public record SandboxEntry(UUID id, UUID channelId, UUID targetId, String content, Instant createdAt) {}
