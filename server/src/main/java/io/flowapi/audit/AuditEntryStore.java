package io.flowapi.audit;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.AuditDetails;
import io.flowapi.api.model.AuditEntry;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The audit_entries table, which only grows: the database refuses every other change. */
final class AuditEntryStore {

    private static final Map<String, String> CONDITIONS = Map.of(
            "userId", " and user_id = :userId",
            "action", " and action = :action",
            "resourceId", " and resource_id = :resourceId",
            "from", " and created_at >= :from");

    void insert(Handle tx, AuditEntry entry) {
        tx.createUpdate("""
                        insert into audit_entries
                          (id, user_id, mode, api_key_id, actor, action, resource_type, resource_id, address, request_id,
                           created_at, details)
                        values
                          (:id, :userId, :mode, :apiKeyId, :actor, :action, :resourceType, :resourceId, :address, :requestId,
                           :createdAt, :details)
                        """)
                .bind("id", entry.id())
                .bind("userId", entry.userId())
                .bind("mode", entry.mode() == null ? null : entry.mode().value())
                .bindByType("apiKeyId", entry.apiKeyId(), UUID.class)
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("resourceType", entry.resourceType())
                .bind("resourceId", entry.resourceId())
                .bind("address", entry.address())
                .bind("requestId", entry.requestId())
                .bind("createdAt", entry.createdAt())
                .bind("details", entry.details() == null ? null : Json.text(entry.details()))
                .execute();
    }

    /** Newest first, older than the position; what concerns a user only is of every mode. */
    List<AuditEntry> list(Handle tx, Mode mode, AuditFilter filter, Position position, int limit) {
        Position after = filter.after(position);
        Map<String, Object> asked = filter.asked();
        // Only what is asked for stands in the statement, so that each question finds its index: this table never
        // shrinks.
        String conditions = asked.keySet().stream().map(CONDITIONS::get).collect(joining());
        return tx.createQuery("""
                        select id, user_id, mode, api_key_id, actor, action, resource_type, resource_id, address, request_id,
                               created_at, details
                        from audit_entries
                        where (created_at, id) < (:createdAt, :id)
                          and (mode is null or mode = :mode)
                        """ + conditions + """
                         order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("mode", mode.value())
                .bindMap(asked)
                .bind("limit", limit)
                .map(AuditEntryStore::entry)
                .list();
    }

    private static AuditEntry entry(RowView row) {
        String mode = row.getColumn("mode", String.class);
        String details = row.getColumn("details", String.class);
        return new AuditEntry(
                row.getColumn("id", UUID.class),
                row.getColumn("user_id", UUID.class),
                mode == null ? null : Mode.of(mode),
                row.getColumn("api_key_id", UUID.class),
                row.getColumn("actor", String.class),
                row.getColumn("action", String.class),
                row.getColumn("resource_type", String.class),
                row.getColumn("resource_id", UUID.class),
                row.getColumn("address", String.class),
                row.getColumn("request_id", String.class),
                row.getColumn("created_at", Instant.class),
                details == null ? null : Json.bind(Json.tree(details), AuditDetails.class));
    }
}
