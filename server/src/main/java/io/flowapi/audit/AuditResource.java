package io.flowapi.audit;

import io.flowapi.api.AuditApi;
import io.flowapi.api.model.AuditEntry;
import io.flowapi.api.model.AuditEntryPage;
import io.flowapi.api.model.Scope;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;

/** The audit log, for those who may read it. */
public final class AuditResource implements AuditApi {

    private final Database database;
    private final Paging paging;
    private final AuditEntryStore store = new AuditEntryStore();

    public AuditResource(Database database, Paging paging) {
        this.database = database;
        this.paging = paging;
    }

    @Override
    public ListAuditEntriesReply listAuditEntries(Caller caller, ListAuditEntriesCall call) {
        AuditFilter filter = new AuditFilter(
                caller.scopes().contains(Scope.ADMIN) ? null : caller.userId(),
                call.action(),
                call.resourceId(),
                call.from(),
                call.to());
        Page<AuditEntry> page = paging.page(
                caller,
                "audit-entries " + filter,
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> store.list(tx, caller.mode(), filter, after, limit)),
                entry -> new Position(entry.createdAt(), entry.id()));
        return new ListAuditEntriesReply.R200(new AuditEntryPage(page.data(), page.hasMore(), page.nextCursor()));
    }
}
