package io.flowapi.providers;

import io.flowapi.api.model.FieldError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an account can be posted to with the credentials that were given. */
public sealed interface AccountConnection {

    /**
     * @param id stays when the account is renamed
     * @param credentialsJson with the other JSON, what the channel's secrets are to hold
     * @param end of the credentials, after which only the owner can help; null when nobody can say
     */
    record Connected(
            String id,
            String name,
            String credentialsJson,
            @Nullable String sessionJson,
            @Nullable Instant end) implements AccountConnection {

        public Connected(String id, String name, String credentialsJson, @Nullable String sessionJson) {
            this(id, name, credentialsJson, sessionJson, null);
        }

        @Override
        public String toString() {
            return "Connected[id=" + id + ", name=" + name + ", ***]";
        }
    }

    record Refused(FieldError error) implements AccountConnection {}
}
