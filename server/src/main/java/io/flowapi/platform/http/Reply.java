package io.flowapi.platform.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer of an operation, before it becomes bytes. The generated replies are its only members. */
public interface Reply {

    int status();

    /** What is written as JSON; null writes nothing. */
    default @Nullable Object body() {
        return null;
    }

    default Map<String, String> headers() {
        return Map.of();
    }

    /** A reply that refuses. */
    interface Refused extends Reply {
        Refusal refusal();

        @Override
        default int status() {
            return refusal().kind().status();
        }
    }

    /** A reply that was given before. */
    interface Replayed extends Reply {
        Stored stored();

        @Override
        default int status() {
            return stored().status();
        }
    }

    /**
     * An answer as bytes, as it goes out and as it is kept for a repeated request.
     *
     * @param body the entity, empty for none
     */
    record Stored(int status, Map<String, String> headers, byte[] body) {}
}
