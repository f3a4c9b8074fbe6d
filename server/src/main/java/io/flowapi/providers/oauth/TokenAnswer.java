package io.flowapi.providers.oauth;

import io.flowapi.api.model.TargetError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether there is a token to call with. Nothing is published in finding out. */
public sealed interface TokenAnswer {

    /**
     * It is stored, so that a crash cannot lose it.
     *
     * @param credentials the channel's, of the same reading, in the form of its network
     */
    record Ready(String accessToken, String credentials) implements TokenAnswer {

        @Override
        public String toString() {
            return "Ready[***]";
        }
    }

    /** There is none. */
    sealed interface Missing extends TokenAnswer {
        TargetError error();
    }

    /** There will be none until a person acts. */
    record Refused(TargetError error) implements Missing {}

    /** @param retryAfter what was asked for; null when it is the caller's to choose */
    record Later(TargetError error, @Nullable Duration retryAfter) implements Missing {}
}
