package io.flowapi.crash;

import io.flowapi.testing.PostgresServer;
import java.time.Duration;
import java.util.Map;

/** The engine that {@code -Dflow.test.database} names. */
final class ChosenDatabase {

    static final String NAME = System.getProperty("flow.test.database", "sqlite");
    static final boolean POSTGRES = NAME.equals("postgres");

    /** On PostgreSQL the lease of a dead worker has to run out: nobody can know that it is dead. */
    static final Duration LEASE = POSTGRES ? Duration.ofSeconds(60) : Duration.ZERO;

    private ChosenDatabase() {}

    /** What a server needs to have an empty one. */
    static Map<String, String> fresh() {
        return POSTGRES ? Map.of("DATABASE_URL", PostgresServer.freshDatabaseUrl()) : Map.of();
    }
}
