package io.flowapi.simulation;

import java.util.Set;

/** How the status of a target may change. */
final class Steps {

    static final Set<String> OF_WORKERS = Set.of(
            "pending publishing",
            "pending failed",
            // Too late to be sent again: what the network did not have is asked about once more.
            "pending unknown",
            "publishing published",
            "publishing failed",
            "publishing unknown",
            "publishing pending",
            "unknown published",
            "unknown failed",
            "unknown pending");

    static final Set<String> OF_USERS =
            Set.of("pending cancelled", "failed pending", "unknown published", "unknown failed");

    /** Those that the audit log tells of, and an event. */
    static final Set<String> NOTED = Set.of("published", "failed", "unknown");

    private Steps() {}
}
