package io.flowapi.connections;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel that its owner is about to connect.
 *
 * @param name of the channel
 * @param channelId null for a channel that is to be made
 */
record Connection(
        UUID id,
        UUID userId,
        Mode mode,
        UUID apiKeyId,
        Provider provider,
        String name,
        @Nullable UUID channelId,
        String returnUrl,
        Instant createdAt) {

    /** How long the link is good, and then how long the network has. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** The network's own spelling. */
    String network() {
        return network(provider);
    }

    static String network(Provider provider) {
        return switch (provider) {
            case SANDBOX -> "the sandbox";
            case BLUESKY -> "Bluesky";
            case MASTODON -> "Mastodon";
            case X -> "X";
            case LINKEDIN -> "LinkedIn";
        };
    }
}
