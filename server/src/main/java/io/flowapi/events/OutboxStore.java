package io.flowapi.events;

import io.flowapi.api.model.EventType;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Puts events on their way to the webhooks that want them: the deliveries table, as whoever makes an event sees it. */
final class OutboxStore {

    private record Owner(UUID userId, String mode) {}

    /**
     * How many are on their way now.
     *
     * @param events their ids, in the order of the resources
     */
    int put(Handle tx, Ids ids, EventType type, List<ChangedResource> changed, List<UUID> events, Instant now) {
        Map<Owner, List<UUID>> webhooks = new HashMap<>();
        PreparedBatch batch = tx.prepareBatch("""
                insert into deliveries
                  (id, webhook_id, event_id, event_type, status, kind, next_attempt_at, created_at)
                values (:id, :webhook, :event, :type, 'pending', 'event', :now, :now)
                """);
        for (int i = 0; i < changed.size(); i++) {
            Owner owner =
                    new Owner(changed.get(i).userId(), changed.get(i).mode().value());
            for (UUID webhook : webhooks.computeIfAbsent(owner, whose -> wanting(tx, type, whose))) {
                batch.bind("id", ids.next())
                        .bind("webhook", webhook)
                        .bind("event", events.get(i))
                        .bind("type", type.value())
                        .bind("now", now)
                        .add();
            }
        }
        return batch.size() > 0 ? batch.execute().length : 0;
    }

    /** They stay until the transaction ends, for the sake of whoever makes the event; a change of them does not wait for it. */
    private static List<UUID> wanting(Handle tx, EventType type, Owner owner) {
        return tx.createQuery("""
                        select id from webhooks
                        where user_id = :userId and mode = :mode and status = 'enabled'
                          and exists (
                            select 1 from webhook_events e
                            where e.webhook_id = webhooks.id and e.type in (:type, '*'))
                        order by id
                        <forKeep>
                        """)
                .bind("userId", owner.userId())
                .bind("mode", owner.mode())
                .bind("type", type.value())
                .mapTo(UUID.class)
                .list();
    }
}
