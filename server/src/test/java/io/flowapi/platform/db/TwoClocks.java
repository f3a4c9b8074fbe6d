package io.flowapi.platform.db;

import io.flowapi.testing.PostgresServer;
import io.flowapi.testing.TestClock;
import java.time.Duration;
import java.time.Instant;

/** What the database shows, and what the machine does. They are never seen while they are being moved. */
final class TwoClocks {

    private final TestClock database = new TestClock();
    private Duration ahead = Duration.ZERO;

    synchronized Instant machine() {
        return database.instant().plus(ahead);
    }

    synchronized void pass(Duration time) {
        database.advance(time);
    }

    /** The machine's clock is set. */
    synchronized void set(Duration ahead) {
        this.ahead = ahead;
    }

    /** The database's clock is set, and the machine's is not. */
    synchronized void setDatabase(Duration by) {
        database.advance(by);
        ahead = ahead.minus(by);
    }

    Instant now() {
        return database.instant();
    }

    /** The URL of a new PostgreSQL database that has the one of them. */
    String database() {
        String url = PostgresServer.freshDatabaseUrl();
        PostgresServer.follow(url, database);
        return url;
    }
}
