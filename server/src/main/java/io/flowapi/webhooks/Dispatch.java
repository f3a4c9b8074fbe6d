package io.flowapi.webhooks;

import io.flowapi.api.model.Event;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The right to make one attempt, until its lease ends, and what is needed for it.
 *
 * @param attempts how many were made before; whoever has lost the lease finds another number
 * @param round how many of them in this run of the schedule
 */
record Dispatch(UUID id, int attempts, int round, Event event, Endpoint endpoint) {

    /**
     * Where it goes.
     *
     * @param headers the owner's own
     * @param secrets those that sign, newest first
     */
    record Endpoint(UUID id, String url, Map<String, String> headers, List<String> secrets) {

        @Override
        public String toString() {
            return "Endpoint[***]";
        }
    }
}
