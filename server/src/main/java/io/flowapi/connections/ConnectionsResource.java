package io.flowapi.connections;

import io.flowapi.api.ConnectionsApi;
import io.flowapi.api.model.ChannelConnection;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.StartChannelConnectionRequest;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.ids.Ids;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** The operation that starts to connect a channel. Nothing is called: the owner's browser does the rest. */
public final class ConnectionsResource implements ConnectionsApi {

    private static final int BEGUN_MAX = 100;

    private final Idempotency idempotency;
    private final AuditLog audit;
    private final ConnectionStore store;
    private final ConnectionRules rules;
    private final Surroundings around;
    private final SecureRandom random = new SecureRandom();

    /** @param publicUrl how browsers reach this server, without a trailing slash; known once it listens */
    public record Surroundings(Ids ids, InstantSource clock, Supplier<String> publicUrl) {}

    public ConnectionsResource(
            Idempotency idempotency,
            AuditLog audit,
            ConnectionStore store,
            ConnectionRules rules,
            Surroundings around) {
        this.idempotency = idempotency;
        this.audit = audit;
        this.store = store;
        this.rules = rules;
        this.around = around;
    }

    @Override
    public StartChannelConnectionReply startChannelConnection(Caller caller, StartChannelConnectionCall call) {
        return idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> start(tx, caller, call.body()),
                StartChannelConnectionReply.Replayed::new);
    }

    private StartChannelConnectionReply start(Handle tx, Caller caller, StartChannelConnectionRequest wanted) {
        List<FieldError> errors = rules.broken(tx, caller, wanted);
        if (!errors.isEmpty()) {
            return new StartChannelConnectionReply.R422(Refusal.invalid(errors));
        }
        Instant now = around.clock().instant();
        if (store.begunSince(tx, caller, now.minus(Connection.LIFE)) >= BEGUN_MAX) {
            return new StartChannelConnectionReply.R409(Refusal.of(
                    ProblemCode.LIMIT_REACHED,
                    BEGUN_MAX + " connections were begun in the last 10 minutes and not ended, which is the most."));
        }
        UUID id = around.ids().next();
        Secret link = Secret.random(random);
        store.insert(tx, rules.connection(tx, caller, id, wanted, now), link.hash());
        audit.append(tx, Origin.of(caller), "startChannelConnection", Audited.connection(id));
        String url = around.publicUrl().get() + ConfirmationPages.PATH + "?request=" + link.text();
        return new StartChannelConnectionReply.R201(
                new ChannelConnection(id, wanted.provider(), url, now.plus(Connection.LIFE)), url);
    }
}
