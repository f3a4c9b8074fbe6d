package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Service;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether there is a session to call with. Nothing is published in finding out. */
sealed interface SessionAnswer {

    /** It is stored, so that a crash cannot lose it. */
    record Ready(Service service, Session session) implements SessionAnswer {}

    /** There is none. */
    sealed interface Missing extends SessionAnswer {
        TargetError error();
    }

    /** There will be none until a person acts. */
    record Refused(TargetError error) implements Missing {}

    /** @param retryAfter what the server asked for; null when it is ours to choose */
    record Later(TargetError error, @Nullable Duration retryAfter) implements Missing {}
}
