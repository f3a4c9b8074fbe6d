package io.flowapi.ratelimits;

import static java.util.stream.Collectors.joining;

import io.flowapi.platform.db.ClockSkew;
import io.flowapi.platform.db.Database;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/**
 * The rate_limits table of PostgreSQL, a row for each subject: all servers of one database count together, by its clock. One
 * statement decides, under the lock of the row, with the arithmetic of {@link Window}. Its commit does not wait for the disk:
 * what a lost database forgets is the last moment.
 */
final class RateLimitStore implements RateLimiter {

    private static final long PURGE_EVERY_MILLIS = Duration.ofMinutes(10).toMillis();

    private final Database database;
    private final AtomicLong purgedAt = new AtomicLong();

    RateLimitStore(Database database) {
        this.database = database;
    }

    @Override
    public Ruling admit(String subject, List<Quota> quotas) {
        Account account = database.write(tx -> admit(tx, subject, quotas));
        purge(account.at());
        return account.ruling(quotas);
    }

    private static Account admit(Handle tx, String subject, List<Quota> quotas) {
        Query query = tx.createQuery(sql(quotas)).bind("subject", subject);
        for (int i = 0; i < quotas.size(); i++) {
            query.bind("limit" + i, quotas.get(i).limit());
        }
        return query.map(row -> account(row, quotas)).one();
    }

    private static Account account(RowView row, List<Quota> quotas) {
        long at = row.getColumn("at", Long.class);
        Map<RateClass, Window> windows = new EnumMap<>(RateClass.class);
        for (Quota quota : quotas) {
            windows.put(quota.counted(), Window.at(at, row.getColumn(column(quota), long[].class)));
        }
        return new Account(windows, at, row.getColumn("admitted", Boolean.class));
    }

    private static String column(Quota quota) {
        return quota.counted().name().toLowerCase(Locale.ROOT) + "_log";
    }

    /** A first request of a subject is accepted; else the time is read under the lock, so that times are in order. */
    private static String sql(List<Quota> quotas) {
        String columns = each(quotas, i -> column(quotas.get(i)), ", ");
        return "insert into rate_limits as kept (subject, at, admitted, " + columns + ")\n"
                + "select :subject, at, true, "
                + each(quotas, i -> "array[" + stamp(quotas.get(i)) + " << 20 | 1]", ", ")
                + "\nfrom (" + MOMENT + ") moment\n"
                + "where set_config('synchronous_commit', 'off', true) = 'off'\n"
                + "on conflict (subject) do update set (at, admitted, " + columns + ") = (\n"
                + "  select at, passes, " + each(quotas, i -> next(i, quotas.get(i)), ", ") + "\n"
                + "  from (" + MOMENT + ") moment\n"
                + each(quotas, i -> fresh(i, quotas.get(i)), "")
                + "  cross join lateral (select " + each(quotas, i -> "used" + i + " < :limit" + i, " and ")
                + " as passes) ruling)\n"
                + "returning at, admitted, " + columns;
    }

    private static final String MOMENT = "select floor(" + ClockSkew.DATABASE_SECONDS + " * 1000)::bigint as at";

    private static String stamp(Quota quota) {
        return quota.limit() > Window.EXACT_MAX ? "(at - at % 1000 + 999)" : "at";
    }

    private static String fresh(int i, Quota quota) {
        return """
                  cross join lateral (select array(
                    select entry from unnest(kept.%2$s) entry where abs(at - (entry >> 20)) < 60000 order by entry) as log%1$d)
                    fresh%1$d
                  cross join lateral (select coalesce(sum(entry & 1048575), 0) as used%1$d from unnest(log%1$d) entry)
                    sum%1$d
                """.formatted(i, column(quota));
    }

    private static String next(int i, Quota quota) {
        return """
                case
                    when not passes then log%1$d
                    when log%1$d[cardinality(log%1$d)] >> 20 = %2$s
                    then trim_array(log%1$d, 1) || log%1$d[cardinality(log%1$d)] + 1
                    else log%1$d || (%2$s << 20 | 1) end""".formatted(i, stamp(quota));
    }

    private static String each(List<Quota> quotas, Function<Integer, String> text, String between) {
        return IntStream.range(0, quotas.size()).boxed().map(text).collect(joining(between));
    }

    /** Rows that hold nothing fresh are of no use; nobody waits for their end. */
    private void purge(long now) {
        long last = purgedAt.get();
        if (now - last > PURGE_EVERY_MILLIS && purgedAt.compareAndSet(last, now)) {
            database.writeLater(tx -> tx.createUpdate("delete from rate_limits where at < :before")
                    .bind("before", now - 2 * Window.MILLIS)
                    .execute());
        }
    }
}
