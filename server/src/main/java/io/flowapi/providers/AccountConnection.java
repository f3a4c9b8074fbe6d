package io.flowapi.providers;

import io.flowapi.api.model.FieldError;
import org.jspecify.annotations.Nullable;

/** Whether an account can be posted to with the credentials that were given. */
public sealed interface AccountConnection {

    /**
     * @param id stays when the account is renamed
     * @param credentialsJson with the other JSON, what the channel's secrets are to hold
     */
    record Connected(
            String id,
            String name,
            String credentialsJson,
            @Nullable String sessionJson) implements AccountConnection {

        @Override
        public String toString() {
            return "Connected[id=" + id + ", name=" + name + ", ***]";
        }
    }

    record Refused(FieldError error) implements AccountConnection {}
}
