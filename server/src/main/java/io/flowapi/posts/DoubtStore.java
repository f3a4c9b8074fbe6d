package io.flowapi.posts;

import io.flowapi.api.model.TargetError;
import io.flowapi.platform.http.Json;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Sending.Looks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** What a worker reads and writes of sends of which it was not known what became. */
final class DoubtStore {

    private final RepeatStore repeated = new RepeatStore();

    /** Whether a send of before may have been taken, whatever was found when the network was asked. */
    boolean mayBeThere(Handle tx, UUID target) {
        return tx.createQuery("""
                                select count(*) as n
                                from attempts
                                where target_id = :id and (outcome is null or outcome not in ('not_sent', 'rejected'))
                                """)
                        .bind("id", target)
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /** The attempt whose answer is missing. */
    Sending last(Handle tx, Outgoing target) {
        return tx.createQuery("""
                        select a.request, a.started_at, a.not_shown, a.not_shown_since,
                               (select count(*) from attempts b
                                where b.target_id = a.target_id and b.number <= a.number
                                  and (b.outcome is null or b.outcome not in ('not_sent', 'rejected'))) as doubtful
                        from attempts a
                        where a.target_id = :id and a.number = :number
                        """)
                .bind("id", target.id())
                .bind("number", target.attempts())
                .map(row -> new Sending(
                        target.id(),
                        target.channelId(),
                        target.attempts(),
                        row.getColumn("request", String.class),
                        row.getColumn("started_at", Instant.class),
                        row.getColumn("doubtful", Long.class) > 1,
                        new Looks(
                                row.getColumn("not_shown", Integer.class),
                                row.getColumn("not_shown_since", Instant.class)),
                        repeated.doubtedSince(tx, target.id(), target.attempts())))
                .one();
    }

    /** After a restore: that this attempt came to nothing is no longer all that was sent. */
    void mayHaveBeenSentAgain(Handle tx, UUID target, int number) {
        tx.createUpdate("""
                        update attempts set outcome = 'unknown'
                        where target_id = :id and number = :number and outcome in ('not_sent', 'rejected', 'settled')
                        """).bind("id", target).bind("number", number).execute();
    }

    /** The network was looked at, and did not show it. */
    void notShown(Handle tx, Sending sending, Instant at) {
        tx.createUpdate("""
                        update attempts
                        set not_shown = not_shown + 1, not_shown_since = coalesce(not_shown_since, :at)
                        where target_id = :id and number = :number
                        """)
                .bind("at", at)
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .execute();
    }

    /**
     * The network did not have it then; until that time, where there is one, it may still come to it. What was proven not to
     * have left stays so.
     */
    void absent(Handle tx, Sending sending, boolean interrupted, @Nullable Instant mayComeUntil, Instant now) {
        tx.createUpdate("""
                        update attempts set outcome = 'absent', error = :error, ended_at = :now, may_come_until = :until
                        where target_id = :id and number = :number
                          and (outcome is null or outcome <> 'not_sent')
                        """)
                .bind("now", now)
                .bind("error", interrupted ? Json.text(TargetErrors.interrupted()) : null)
                .bindByType("until", mayComeUntil, Instant.class)
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .execute();
    }

    /** What was to come until then at the latest has not come: the network was asked after that, and does not have it. */
    void neverCame(Handle tx, UUID target, Instant until) {
        tx.createUpdate("""
                        update attempts set may_come_until = null
                        where target_id = :id and may_come_until <= :until
                        """).bind("id", target).bind("until", until).execute();
    }

    /** Whether a death or a fault of ours kept us from learning what the network said to this send. */
    boolean interrupted(Handle tx, Sending sending) {
        return tx.createQuery("select error from attempts where target_id = :id and number = :number")
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .map(DoubtStore::isInterrupted)
                .one();
    }

    private static boolean isInterrupted(RowView attempt) {
        TargetError error = TargetStore.error(attempt.getColumn("error", String.class));
        return error != null && error.code().equals(TargetErrors.INTERRUPTED);
    }

    /** Until when some request of a target may come to its network after that time; empty when none does. */
    Optional<Instant> mayComeUntil(Handle tx, UUID target, Instant after) {
        return tx.createQuery("""
                        select max(may_come_until) as until
                        from attempts
                        where target_id = :id and may_come_until > :after and outcome = 'absent'
                        """)
                .bind("id", target)
                .bind("after", after)
                .map(row -> Optional.ofNullable(row.getColumn("until", Instant.class)))
                .one();
    }

    /** Whether the network was asked too early for its answer to hold: what it did not have then it may have now. */
    boolean mayHaveCome(Handle tx, UUID target) {
        return tx.createQuery("""
                                select count(*) as n
                                from attempts
                                where target_id = :id and outcome = 'absent' and may_come_until is not null
                                """)
                        .bind("id", target)
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /** Why the network refused this send; empty when it did not. */
    Optional<TargetError> refusal(Handle tx, Sending sending) {
        return tx.createQuery("""
                        select error from attempts
                        where target_id = :id and number = :number and outcome = 'rejected'
                        """)
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .map(row -> TargetStore.error(row.getColumn("error", String.class)))
                .findOne();
    }

    /** Whether a post of the network is another target's on the same account: alike to whoever looks for one. */
    boolean isOfAnother(Handle tx, Outgoing target, String providerPostId) {
        return tx.createQuery("""
                                select count(*) as n
                                from targets other
                                left join channels theirs on theirs.id = other.channel_id
                                where other.provider_post_id = :providerPostId and other.status = 'published'
                                  and other.id <> :id
                                  and (other.channel_id = :channel
                                       or (theirs.provider, theirs.account_id)
                                          in (select provider, account_id from channels where id = :channel))
                                """)
                        .bind("providerPostId", providerPostId)
                        .bind("id", target.id())
                        .bind("channel", target.channelId())
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /**
     * How often the network was found not to have what was sent, or did not tell, since the last retry.
     *
     * @param lost what the network had its chance to take
     * @param interrupted what we may never have sent
     */
    record Absences(int lost, int interrupted) {}

    boolean anyAbsent(Handle tx, UUID target) {
        Absences absences = absences(tx, target);
        return absences.lost() + absences.interrupted() > 0;
    }

    Absences absences(Handle tx, UUID target) {
        List<Boolean> interrupted = tx.createQuery("""
                        select a.error
                        from attempts a
                        join targets t on t.id = a.target_id
                        where t.id = :id and a.number > t.attempts_forgiven
                          and (a.outcome = 'absent' or (a.outcome = 'unknown' and a.may_come_until is not null))
                        """)
                .bind("id", target)
                .map(DoubtStore::isInterrupted)
                .list();
        int ours = (int) interrupted.stream().filter(it -> it).count();
        return new Absences(interrupted.size() - ours, ours);
    }
}
