package io.flowapi.webhooks;

import io.flowapi.platform.ids.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The deliveries table, for whoever sends. */
final class DueDeliveryStore {

    /**
     * Longer than the longest attempt and what it takes to write it down; a crash on the embedded database does not wait for
     * it.
     */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** So many attempts for one webhook at a time, on all servers together, that a slow one does not wait for itself. */
    static final int PLACES = 8;

    /** One that fails is tried by one delivery at a time until it works again: it keeps no more waiting than that. */
    static final int PLACES_WHILE_FAILING = 1;

    private final Ids ids;

    DueDeliveryStore(Ids ids) {
        this.ids = ids;
    }

    /** A webhook that is enabled and has room, and since when its next delivery is due, or from when it will be. */
    record Turn(UUID webhook, Instant dueAt) {}

    /**
     * The right to make one attempt, until its lease ends.
     *
     * @param attempts how many were made before; whoever has lost the lease finds another number
     * @param round how many of them in this run of the schedule
     */
    record Claimed(UUID id, UUID webhook, UUID event, int attempts, int round) {}

    /**
     * Users take turns: first comes whose user has the fewest under way, counting one for each webhook of the same user that
     * comes before; then which has the fewest itself, then which has waited longest. So the places that are free go to whoever
     * has none, whatever others have waiting. It steps from webhook to webhook in the index of what is pending, and looks at
     * the first of each, so that neither the webhooks that have nothing nor the backlog of one cost anything.
     */
    List<Turn> turns(Handle tx, Instant now, int limit) {
        return tx.createQuery("""
                        with recursive waiting (webhook_id) as (
                          select (select webhook_id from deliveries
                                  where status = 'pending'
                                  order by webhook_id limit 1)
                          union all
                          select (select later.webhook_id from deliveries later
                                  where later.status = 'pending' and later.webhook_id > waiting.webhook_id
                                  order by later.webhook_id limit 1)
                          from waiting
                          where waiting.webhook_id is not null),
                        webhooks_waiting as materialized (
                          select w.id as webhook_id, w.user_id,
                                 case when w.failing_since is null then :places else :placesWhileFailing end as places,
                                 (select count(*) from deliveries held
                                  where held.webhook_id = w.id and held.lease_until > :now) as under_way,
                                 (select head.next_attempt_at from deliveries head
                                  where head.webhook_id = w.id and head.status = 'pending'
                                    and (head.lease_until is null or head.lease_until <= :now)
                                  order by head.next_attempt_at limit 1) as due_at
                          from waiting join webhooks w on w.id = waiting.webhook_id
                          where w.status = 'enabled'),
                        turns as (
                          select webhook_id, user_id, places, under_way, due_at,
                                 sum(under_way) over (partition by user_id) as under_way_of_user
                          from webhooks_waiting)
                        select webhook_id, due_at from turns
                        where due_at is not null and under_way < places
                        order by due_at > :now,
                                 under_way_of_user + row_number() over (
                                   partition by user_id order by due_at > :now, under_way, due_at),
                                 under_way, due_at
                        limit :limit
                        """)
                .bind("now", now)
                .bind("places", PLACES)
                .bind("placesWhileFailing", PLACES_WHILE_FAILING)
                .bind("limit", limit)
                .map(row -> new Turn(row.getColumn("webhook_id", UUID.class), row.getColumn("due_at", Instant.class)))
                .list();
    }

    /** How many more may be under way for it; empty when it is not enabled, or another server is claiming for it. */
    Optional<Integer> room(Handle tx, UUID webhook, Instant now) {
        return tx.createQuery("""
                        select case when failing_since is null then :places else :placesWhileFailing end as places
                        from webhooks
                        where id = :webhook and status = 'enabled'
                        <claimAlone>
                        """)
                .bind("webhook", webhook)
                .bind("places", PLACES)
                .bind("placesWhileFailing", PLACES_WHILE_FAILING)
                .mapTo(Integer.class)
                .findOne()
                .map(places -> places - underWay(tx, webhook, now));
    }

    private static int underWay(Handle tx, UUID webhook, Instant now) {
        return tx.createQuery("select count(*) from deliveries where webhook_id = :webhook and lease_until > :now")
                .bind("webhook", webhook)
                .bind("now", now)
                .mapTo(Integer.class)
                .one();
    }

    /** Takes due deliveries of one webhook. */
    List<Claimed> claim(Handle tx, UUID webhook, Instant now, int limit) {
        // Materialized: a planner that ran the inner select again would take more than the limit.
        return tx.createQuery("""
                        with due as materialized (
                          select id from deliveries
                          where webhook_id = :webhook and status = 'pending' and next_attempt_at <= :now
                            and (lease_until is null or lease_until <= :now)
                          order by next_attempt_at
                          limit :limit <skipLocked>)
                        update deliveries set lease_until = :leaseUntil
                        where id in (select id from due)
                        returning id, event_id, attempts, round
                        """)
                .bind("webhook", webhook)
                .bind("now", now)
                .bind("leaseUntil", now.plus(LEASE))
                .bind("limit", limit)
                .map(row -> new Claimed(
                        row.getColumn("id", UUID.class),
                        webhook,
                        row.getColumn("event_id", UUID.class),
                        row.getColumn("attempts", Integer.class),
                        row.getColumn("round", Integer.class)))
                .list();
    }

    /**
     * Writes down an attempt and what follows; false when the lease was lost meanwhile, or the webhook is gone.
     *
     * @param next when it is tried again; null when it has ended
     */
    boolean attempted(Handle tx, Claimed claimed, AttemptResult result, @Nullable Instant next, Instant now) {
        String ended = result.delivered() ? "delivered" : "failed";
        int held = tx.createUpdate("""
                        update deliveries
                        set status = :status, attempts = attempts + 1, round = round + 1, next_attempt_at = :next,
                            lease_until = null, ended_at = :ended
                        where id = :id and attempts = :attempts and status = 'pending' and lease_until is not null
                        """)
                .bind("status", next == null ? ended : "pending")
                .bind("next", next)
                .bind("ended", next == null ? now : null)
                .bind("id", claimed.id())
                .bind("attempts", claimed.attempts())
                .execute();
        if (held > 0) {
            insert(tx, claimed, result);
        }
        return held > 0;
    }

    private void insert(Handle tx, Claimed claimed, AttemptResult result) {
        tx.createUpdate("""
                        insert into delivery_attempts
                          (id, delivery_id, number, started_at, duration_ms, status_code, response, error)
                        values (:id, :delivery, :number, :startedAt, :took, :status, :response, :error)
                        """)
                .bind("id", ids.next())
                .bind("delivery", claimed.id())
                .bind("number", claimed.attempts() + 1)
                .bind("startedAt", result.startedAt())
                .bind("took", result.took().toMillis())
                .bind("status", result.status())
                .bind("response", result.response())
                .bind(
                        "error",
                        result.failure() == null ? null : result.failure().word())
                .execute();
    }

    /** Gives back what was claimed and not tried. */
    void release(Handle tx, UUID delivery) {
        tx.createUpdate("update deliveries set lease_until = null where id = :id and status = 'pending'")
                .bind("id", delivery)
                .execute();
    }

    /** Ends what cannot be sent any more, because its event is not there. */
    void abandon(Handle tx, UUID delivery, Instant now) {
        tx.createUpdate("""
                        update deliveries
                        set status = 'failed', next_attempt_at = null, lease_until = null, ended_at = :now
                        where id = :id and status = 'pending'
                        """).bind("now", now).bind("id", delivery).execute();
    }

    /** After a crash on a database of its own, no server of before can come back. */
    void voidLeases(Handle tx) {
        tx.execute("update deliveries set lease_until = null where lease_until is not null");
    }

    /** An attempt went well, at the URL it has. Most find nothing to change, and hold no row for it. */
    void works(Handle tx, UUID webhook, String url) {
        tx.createUpdate("""
                        update webhooks set failing_since = null
                        where id = :id and url = :url and failing_since is not null
                        """).bind("id", webhook).bind("url", url).execute();
    }

    /**
     * An attempt failed.
     *
     * @return since when it has been failing without a success; empty when it is not enabled, has another URL, or is gone
     */
    Optional<Instant> fails(Handle tx, UUID webhook, String url, Instant at) {
        return tx.createQuery("""
                        update webhooks set failing_since = coalesce(failing_since, :at)
                        where id = :id and url = :url and status = 'enabled'
                        returning failing_since
                        """)
                .bind("url", url)
                .bind("at", at)
                .bind("id", webhook)
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * What waits for an enabled webhook.
     *
     * @param oldest since when the one has been due that waits longest, of the webhooks that work and have room
     */
    record Waiting(long due, long later, @Nullable Instant oldest) {}

    Waiting waiting(Handle tx, Instant now) {
        return tx.createQuery("""
                        select coalesce(sum(case when d.next_attempt_at <= :now then 1 else 0 end), 0) as due,
                               coalesce(sum(case when d.next_attempt_at > :now then 1 else 0 end), 0) as later,
                               min(case when w.failing_since is null and d.next_attempt_at <= :now
                                     and (d.lease_until is null or d.lease_until <= :now)
                                     and (select count(*) from deliveries held
                                          where held.webhook_id = w.id and held.lease_until > :now) < :places
                                   then d.next_attempt_at end) as oldest
                        from deliveries d join webhooks w on w.id = d.webhook_id
                        where d.status = 'pending' and w.status = 'enabled'
                        """)
                .bind("now", now)
                .bind("places", PLACES)
                .map(row -> new Waiting(
                        row.getColumn("due", Long.class),
                        row.getColumn("later", Long.class),
                        row.getColumn("oldest", Instant.class)))
                .one();
    }
}
