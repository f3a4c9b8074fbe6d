package io.flowapi.posts;

import io.flowapi.providers.Sending;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reads and writes of sends of which only sending again tells what became: they stay unknown, and the time
 * until which they may come says that they are sent again.
 */
final class RepeatStore {

    /** When the first of these attempts was sent that may have been taken; null when there is none. */
    @Nullable
    Instant doubtedSince(Handle tx, UUID target, int beforeNumber) {
        return tx.createQuery("""
                        select min(started_at) as since
                        from attempts
                        where target_id = :id and number < :before
                          and (outcome is null or outcome not in ('not_sent', 'rejected', 'refused', 'settled'))
                          and number > (
                            select coalesce(max(s.number), 0) from attempts s
                            where s.target_id = :id and s.outcome = 'settled')
                        """)
                .bind("id", target)
                .bind("before", beforeNumber)
                .map(row -> row.getColumn("since", Instant.class))
                .one();
    }

    /** It is sent again, and until that is answered nobody knows. */
    void repeated(Handle tx, Sending sending, Instant mayComeUntil) {
        tx.createUpdate("""
                        update attempts set may_come_until = :until
                        where target_id = :id and number = :number and outcome = 'unknown'
                        """)
                .bind("until", mayComeUntil)
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .execute();
    }

    /** Whether an attempt of before may have been taken, and nobody has found out. */
    boolean open(Handle tx, UUID target) {
        return tx.createQuery("""
                                select count(*) as n
                                from attempts
                                where target_id = :id and outcome = 'unknown' and may_come_until is not null
                                """)
                        .bind("id", target)
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /** The network has shown that it took none of them. */
    void refused(Handle tx, UUID target) {
        tx.createUpdate("""
                        update attempts set outcome = 'refused', may_come_until = null
                        where target_id = :id and outcome = 'unknown' and may_come_until is not null
                        """).bind("id", target).execute();
    }

    /** A person has decided what became of them. */
    void settled(Handle tx, UUID target) {
        tx.createUpdate("""
                        update attempts set may_come_until = null
                        where target_id = :id and outcome = 'unknown'
                        """).bind("id", target).execute();
    }
}
