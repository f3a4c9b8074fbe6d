package io.flowapi.platform.db;

import org.jspecify.annotations.Nullable;

/** The database could not do the work; nothing of it remains, unless the commit was left unanswered. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** It ran for longer than allowed and was stopped. */
        TIMEOUT,
        /** It never got its turn. */
        OVERLOADED,
        STORAGE_EXHAUSTED,
        UNAVAILABLE,
        /** The connection was lost while it was committed: it is done, or it is not. */
        UNANSWERED
    }

    private final Reason reason;

    DatabaseFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
