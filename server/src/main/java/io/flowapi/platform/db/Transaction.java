package io.flowapi.platform.db;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Holds only SQL and must be safe to run again: the engines do so when a commit is lost through somebody else's fault. */
@FunctionalInterface
public interface Transaction<T extends @Nullable Object> {
    T run(Handle tx);
}
