package io.flowapi.webhooks;

import io.flowapi.api.model.Webhook;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The deliveries table, for what a webhook should have got and has not. */
final class RecoveryStore {

    private final Ids ids;
    private final InstantSource clock;

    RecoveryStore(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    private record Missed(UUID event, String type) {}

    boolean isKept(Handle tx, UUID event) {
        return tx.createQuery("select id from events where id = :event")
                .bind("event", event)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** Starts the oldest that have failed anew. */
    int restartFailed(Handle tx, UUID webhook, Instant since, Instant until, int limit) {
        return tx.createUpdate("""
                        update deliveries
                        set status = 'pending', round = 0, next_attempt_at = :now, ended_at = null
                        where id in (
                          select d.id from deliveries d
                          where d.webhook_id = :webhook and d.status = 'failed' and d.kind = 'event'
                            and d.created_at >= :since and d.created_at < :until
                            and exists (select 1 from events e where e.id = d.event_id)
                            and not exists (
                              select 1 from deliveries other
                              where other.event_id = d.event_id and other.webhook_id = d.webhook_id
                                and other.status <> 'failed')
                          order by d.created_at, d.id
                          limit :limit)
                        """)
                .bind("now", clock.instant())
                .bind("webhook", webhook)
                .bind("since", since)
                .bind("until", until)
                .bind("limit", limit)
                .execute();
    }

    /** Puts the oldest events on their way that it wants and that it has not been told of. */
    int addMissed(Handle tx, Caller caller, Webhook webhook, Instant since, Instant until, int limit) {
        List<Missed> missed = tx.createQuery("""
                        select e.id, e.type from events e
                        where e.user_id = :userId and e.mode = :mode
                          and e.created_at >= :since and e.created_at >= :createdAt and e.created_at < :until
                          and e.type <> 'ping' and e.resource_id <> :webhook
                          and exists (
                            select 1 from webhook_events w where w.webhook_id = :webhook and w.type in (e.type, '*'))
                          and not exists (
                            select 1 from deliveries d where d.event_id = e.id and d.webhook_id = :webhook)
                        order by e.created_at, e.id
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("since", since)
                .bind("createdAt", webhook.createdAt())
                .bind("until", until)
                .bind("webhook", webhook.id())
                .bind("limit", limit)
                .map(row -> new Missed(row.getColumn("id", UUID.class), row.getColumn("type", String.class)))
                .list();
        add(tx, webhook.id(), missed);
        return missed.size();
    }

    private void add(Handle tx, UUID webhook, List<Missed> missed) {
        if (missed.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.prepareBatch("""
                insert into deliveries
                  (id, webhook_id, event_id, event_type, status, kind, next_attempt_at, created_at)
                values (:id, :webhook, :event, :type, 'pending', 'event', :now, :now)
                """);
        for (Missed one : missed) {
            batch.bind("id", ids.next())
                    .bind("webhook", webhook)
                    .bind("event", one.event())
                    .bind("type", one.type())
                    .bind("now", clock.instant())
                    .add();
        }
        batch.execute();
    }
}
