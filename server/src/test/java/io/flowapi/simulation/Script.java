package io.flowapi.simulation;

import java.util.List;
import java.util.Set;

/** What a network does with one request. */
enum Script {
    ACCEPTED,
    ANSWER_LOST,
    TAKEN_LATE,
    ERROR_AND_TAKEN,
    ERROR_AND_NOT_TAKEN,
    RATE_LIMITED,
    REFUSED,
    CREDENTIALS_REFUSED,
    NOT_SENT,
    TAKEN_AND_BROKEN;

    private static final List<Script> ALL = List.of(values());
    private static final Set<Script> CERTAIN = Set.of(RATE_LIMITED, REFUSED, CREDENTIALS_REFUSED, NOT_SENT);

    /** Whether it may be there afterwards. */
    boolean mayBeTaken() {
        return !CERTAIN.contains(this);
    }

    static Script next(Chance chance) {
        return chance.misfortune(0.5) ? chance.of(ALL) : ACCEPTED;
    }
}
