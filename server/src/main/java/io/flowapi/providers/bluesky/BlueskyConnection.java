package io.flowapi.providers.bluesky;

import io.flowapi.api.model.FieldError;

/** Whether an account can be posted to with the credentials that were given. */
public sealed interface BlueskyConnection {

    /** @param sessionJson with the other JSON, what the channel's secrets are to hold */
    record Connected(String did, String handle, String credentialsJson, String sessionJson)
            implements BlueskyConnection {

        @Override
        public String toString() {
            return "Connected[did=" + did + ", handle=" + handle + ", ***]";
        }
    }

    record Refused(FieldError error) implements BlueskyConnection {}
}
