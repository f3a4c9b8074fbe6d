package io.flowapi.events;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.Event;
import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The events table. */
final class EventStore {

    private static final String SELECT = """
            select id, type, created_at, resource_id, sequence, data
            from events
            where user_id = :userId and mode = :mode
            """;

    private static final Map<String, String> CONDITIONS = Map.of(
            "type", " and type = :type",
            "resourceId", " and resource_id = :resourceId",
            "from", " and created_at >= :from");

    /** The ids of the events, in the order of the resources. */
    List<UUID> insert(Handle tx, Ids ids, EventType type, List<ChangedResource> changed, Instant now) {
        List<UUID> inserted = new ArrayList<>();
        PreparedBatch batch = tx.prepareBatch("""
                insert into events (id, user_id, mode, type, resource_id, sequence, data, created_at)
                values (:id, :userId, :mode, :type, :resourceId, :sequence, :data, :now)
                """);
        for (ChangedResource resource : changed) {
            inserted.add(ids.next());
            batch.bind("id", inserted.getLast())
                    .bind("userId", resource.userId())
                    .bind("mode", resource.mode().value())
                    .bind("type", type.value())
                    .bind("resourceId", resource.id())
                    .bind("sequence", resource.sequence())
                    .bind("data", Json.text(resource.data()))
                    .bind("now", now)
                    .add();
        }
        batch.execute();
        return inserted;
    }

    Optional<Event> find(Handle tx, Caller caller, UUID id) {
        return tx.createQuery(SELECT + " and id = :id")
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("id", id)
                .map(EventStore::event)
                .findOne();
    }

    /** In no order; whose they are was asked before. */
    List<Event> find(Handle tx, List<UUID> ids) {
        return tx.createQuery(
                        "select id, type, created_at, resource_id, sequence, data from events where id in (<ids>)")
                .bindList("ids", ids)
                .map(EventStore::event)
                .list();
    }

    /** Newest first, older than the position. */
    List<Event> list(Handle tx, Caller caller, EventFilter filter, Position position, int limit) {
        Position after = filter.after(position);
        Map<String, Object> asked = filter.asked();
        // Only what is asked for stands in the statement, so that each question finds its index.
        String conditions = asked.keySet().stream().map(CONDITIONS::get).collect(joining());
        return tx.createQuery(SELECT + " and (created_at, id) < (:createdAt, :id)" + conditions + """
                         order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bindMap(asked)
                .bind("limit", limit)
                .map(EventStore::event)
                .list();
    }

    private static Event event(RowView row) {
        return new Event(
                row.getColumn("id", UUID.class),
                EventType.of(row.getColumn("type", String.class)),
                row.getColumn("created_at", Instant.class),
                row.getColumn("resource_id", UUID.class),
                row.getColumn("sequence", Integer.class),
                Json.bind(Json.tree(row.getColumn("data", String.class)), EventData.class));
    }
}
