package io.flowapi.providers;

import io.flowapi.api.model.TargetError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known after a send. */
public sealed interface PublishOutcome {

    /** The network has it. */
    record Published(
            String providerPostId,
            @Nullable String url,
            @Nullable ProviderResponse answer) implements PublishOutcome {

        public Published(String providerPostId, @Nullable String url) {
            this(providerPostId, url, null);
        }
    }

    /** The network refused it for good. */
    record Rejected(TargetError error) implements PublishOutcome {}

    /** This request is not taken, or was not sent; one of before may have been, and only a person can find out. */
    record Untold(TargetError error) implements PublishOutcome {}

    /** It is certain that the network does not have it; sending again later is safe. */
    record NotSent(TargetError error, Duration retryAfter) implements PublishOutcome {}

    /** Something was sent and no answer proves what became of it. */
    record Unknown(TargetError error) implements PublishOutcome {}
}
