package io.flowapi.audit;

import io.flowapi.api.model.AuditDetails;
import io.flowapi.api.model.AuditEntry;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.ids.Ids;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Where every change is written down, in its own transaction: a change that is undone has no entry. */
public final class AuditLog {

    private static final System.Logger LOG = System.getLogger("io.flowapi.audit");

    private final Ids ids;
    private final InstantSource clock;
    private final AuditEntryStore store = new AuditEntryStore();

    public AuditLog(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** @param action the operationId where there is one */
    public void append(Handle tx, Origin origin, String action, Audited resource) {
        append(tx, origin, action, resource, Map.of());
    }

    /** @param details members of {@link AuditDetails}: what more there is to say, and never what a field held */
    public void append(Handle tx, Origin origin, String action, Audited resource, Map<String, ?> details) {
        AuditEntry entry = new AuditEntry(
                ids.next(),
                origin.userId(),
                origin.mode(),
                origin.apiKeyId(),
                origin.actor(),
                action,
                resource.type(),
                resource.id(),
                origin.address(),
                origin.requestId(),
                clock.instant(),
                details.isEmpty() ? null : Json.bind(details, AuditDetails.class));
        store.insert(tx, entry);
        // A person at the console reads what the command prints; the stream that is collected is the server's.
        if (!origin.isConsole()) {
            Database.afterCommit(() -> LOG.log(System.Logger.Level.INFO, Json.text(entry)));
        }
    }
}
