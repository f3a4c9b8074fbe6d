package io.flowapi.ratelimits;

import io.flowapi.platform.db.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Decides which requests may pass, never more of one subject than its quotas in any 60 seconds. */
public interface RateLimiter extends AutoCloseable {

    /**
     * Where a server counts: alone on its directory in memory, together with others in their database.
     *
     * @param directory keeps what is counted in memory over a restart
     */
    static RateLimiter of(Database database, Path directory, InstantSource clock) {
        return switch (database.engine()) {
            case SQLITE -> new InMemoryRateLimiter(AcceptedLog.open(directory), clock);
            case POSTGRESQL -> new RateLimitStore(database);
        };
    }

    /**
     * Counts the request in all quotas, or in none.
     *
     * @param subject who made it, without a space
     * @param quotas at least one
     */
    Ruling admit(String subject, List<Quota> quotas);

    @Override
    default void close() {}
}
