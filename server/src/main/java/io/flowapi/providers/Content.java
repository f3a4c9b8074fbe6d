package io.flowapi.providers;

import io.flowapi.api.model.TargetOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be published on one channel, before it has the network's form. */
public record Content(
        UUID targetId,
        UUID channelId,
        String text,
        @Nullable TargetOptions options) {}
