package io.flowapi.webhooks;

import io.flowapi.api.model.Event;
import java.util.List;
import java.util.Map;

/** What an attempt sends, and where. */
record Dispatch(Event event, Endpoint endpoint) {

    /**
     * Where it goes.
     *
     * @param headers the owner's own
     * @param secrets those that sign, newest first
     */
    record Endpoint(String url, Map<String, String> headers, List<String> secrets) {

        @Override
        public String toString() {
            return "Endpoint[***]";
        }
    }
}
