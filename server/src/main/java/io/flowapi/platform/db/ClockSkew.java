package io.flowapi.platform.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What was measured between the clock of this machine and that of the database.
 *
 * @param ahead of the database's is the machine's clock; negative when it is behind
 * @param error how far that may be off
 */
public record ClockSkew(Duration ahead, Duration error) {

    /** Beyond it one of the two is wrong, and nothing is claimed: a post must not go out by a wrong clock. */
    public static final Duration MAX = Duration.ofSeconds(5);

    /** What time it is in PostgreSQL, in seconds: one notion for all who ask it. */
    public static final String DATABASE_SECONDS = "extract(epoch from clock_timestamp())";

    private static final int QUESTIONS = 4;

    /** Asks PostgreSQL; the answer that came soonest is the surest. */
    public static ClockSkew measured(Database postgres, InstantSource machine) {
        // In one transaction, so that what is timed is a question and nothing else.
        return postgres.read(tx -> Stream.generate(() -> ask(tx, machine))
                .limit(QUESTIONS)
                .min(Comparator.comparing(ClockSkew::error))
                .orElseThrow());
    }

    /** The database looked at its clock somewhere between question and answer: half-way is at most that half wrong. */
    private static ClockSkew ask(Handle tx, InstantSource machine) {
        Instant asked = machine.instant();
        long micros = tx.createQuery("select floor(" + DATABASE_SECONDS + " * 1000000)::bigint as micros")
                .mapTo(Long.class)
                .one();
        Duration half = Duration.between(asked, machine.instant()).dividedBy(2);
        Instant database = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return new ClockSkew(Duration.between(database, asked.plus(half)), half.abs());
    }

    public boolean tooFar() {
        return ahead.abs().compareTo(MAX) > 0;
    }

    /** Whether this cannot be what was measured before: else the difference is the network's, and no clock's. */
    boolean contradicts(ClockSkew before) {
        return ahead.minus(before.ahead).abs().compareTo(error) > 0;
    }

    /** For people. */
    @Override
    public String toString() {
        String seconds = ahead.abs().truncatedTo(ChronoUnit.MILLIS).toMillis() / 1000.0 + " s ";
        return "the clock of this machine is " + seconds + (ahead.isNegative() ? "behind" : "ahead of")
                + " the database's";
    }
}
