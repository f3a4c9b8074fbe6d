package io.flowapi.platform.jobs;

/** Which of two due jobs goes first when there is no room for both. The order here is theirs. */
public enum Priority {
    /** Somebody was promised that it is done at this time. */
    TIMELY,
    /** It has to be done, and may wait. */
    BACKGROUND;

    /** As it stands in the database, where the smaller goes first. */
    int rank() {
        return ordinal();
    }

    static Priority of(int rank) {
        return values()[rank];
    }
}
