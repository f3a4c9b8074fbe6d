package io.flowapi.webhooks;

import io.flowapi.api.model.Delivery;
import io.flowapi.api.model.DeliveryAttempt;
import io.flowapi.api.model.DeliveryError;
import io.flowapi.api.model.DeliveryKind;
import io.flowapi.api.model.DeliveryStatus;
import io.flowapi.api.model.EventType;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The deliveries table as its owner sees it, and what the owner puts into it; attempts are written where they are made. */
final class DeliveryStore {

    private static final int ATTEMPTS_MAX = 100;

    private static final String SELECT = """
            select id, webhook_id, event_id, event_type, kind, status, attempts, next_attempt_at, created_at, ended_at
            from deliveries
            """;

    private final Ids ids;
    private final InstantSource clock;

    DeliveryStore(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Puts an event on its way once more. */
    Delivery add(Handle tx, UUID webhook, UUID event, EventType type, DeliveryKind kind) {
        Instant now = clock.instant();
        Delivery delivery =
                new Delivery(ids.next(), webhook, event, type, kind, DeliveryStatus.PENDING, 0, now, now, null, null);
        tx.createUpdate("""
                        insert into deliveries
                          (id, webhook_id, event_id, event_type, status, kind, next_attempt_at, created_at)
                        values (:id, :webhook, :event, :type, 'pending', :kind, :now, :now)
                        """)
                .bind("id", delivery.id())
                .bind("webhook", webhook)
                .bind("event", event)
                .bind("type", type.value())
                .bind("kind", kind.value())
                .bind("now", now)
                .execute();
        return delivery;
    }

    Optional<Delivery> find(Handle tx, UUID webhook, UUID id) {
        return tx.createQuery(SELECT + "where id = :id and webhook_id = :webhook")
                .bind("id", id)
                .bind("webhook", webhook)
                .map(row -> delivery(row, null))
                .findOne();
    }

    Optional<Delivery> findWithAttempts(Handle tx, UUID webhook, UUID id) {
        return tx.createQuery(SELECT + "where id = :id and webhook_id = :webhook")
                .bind("id", id)
                .bind("webhook", webhook)
                .map(row -> delivery(row, attempts(tx, id)))
                .findOne();
    }

    private static List<DeliveryAttempt> attempts(Handle tx, UUID delivery) {
        return tx.createQuery("""
                        select number, started_at, duration_ms, status_code, response, error
                        from delivery_attempts
                        where delivery_id = :delivery
                        order by number desc
                        limit :limit
                        """)
                .bind("delivery", delivery)
                .bind("limit", ATTEMPTS_MAX)
                .map(DeliveryStore::attempt)
                .list();
    }

    /** Newest first, older than the position. */
    List<Delivery> list(Handle tx, UUID webhook, DeliveryFilter filter, Position after, int limit) {
        return tx.createQuery(SELECT + """
                        where webhook_id = :webhook and (created_at, id) < (:createdAt, :id)
                          and (cast(:status as text) is null or status = :status)
                          and (cast(:type as text) is null or event_type = :type)
                          and (cast(:from as bigint) is null or created_at >= :from)
                          and (cast(:to as bigint) is null or created_at < :to)
                        order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("webhook", webhook)
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("status", filter.status() == null ? null : filter.status().value())
                .bind(
                        "type",
                        filter.eventType() == null ? null : filter.eventType().value())
                .bindByType("from", filter.from(), Instant.class)
                .bindByType("to", filter.to(), Instant.class)
                .bind("limit", limit)
                .map(row -> delivery(row, null))
                .list();
    }

    private static Delivery delivery(RowView row, @Nullable List<DeliveryAttempt> attempts) {
        return new Delivery(
                row.getColumn("id", UUID.class),
                row.getColumn("webhook_id", UUID.class),
                row.getColumn("event_id", UUID.class),
                EventType.of(row.getColumn("event_type", String.class)),
                DeliveryKind.of(row.getColumn("kind", String.class)),
                DeliveryStatus.of(row.getColumn("status", String.class)),
                row.getColumn("attempts", Integer.class),
                row.getColumn("next_attempt_at", Instant.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("ended_at", Instant.class),
                attempts);
    }

    private static DeliveryAttempt attempt(RowView row) {
        String error = row.getColumn("error", String.class);
        return new DeliveryAttempt(
                row.getColumn("number", Integer.class),
                row.getColumn("started_at", Instant.class),
                row.getColumn("duration_ms", Integer.class),
                row.getColumn("status_code", Integer.class),
                row.getColumn("response", String.class),
                error == null ? null : DeliveryError.of(error));
    }
}
