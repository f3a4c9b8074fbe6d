package io.flowapi.channels;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.SandboxSettings;
import io.flowapi.api.model.UpdateChannelRequest;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.MergePatch;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.AccountConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Renames channels, and connects them again. */
public final class ChannelUpdates {

    private static final FieldError BLANK_NAME = Fields.body("/name", "required", "The name is blank.");

    private static final UpdateChannelRequest NOTHING = new UpdateChannelRequest(null, null, null);

    private final Database database;
    private final ChannelStore store;
    private final ChannelConnections connections;
    private final AuditLog audit;

    public ChannelUpdates(Database database, ChannelStore store, ChannelConnections connections, AuditLog audit) {
        this.database = database;
        this.store = store;
        this.connections = connections;
        this.audit = audit;
    }

    /** What came of a request to change a channel. */
    sealed interface Result {
        record Done(Channel channel) implements Result {}

        record Broken(List<FieldError> errors) implements Result {}

        record NotFound() implements Result {}

        /** The caller has seen another version. */
        record Stale(Refusal refusal) implements Result {}
    }

    /** The network is called between two looks at the channel, and never inside a transaction. */
    Result update(Caller caller, UUID id, MergePatch<UpdateChannelRequest> patch, @Nullable String ifMatch) {
        UpdateChannelRequest wanted = patch.appliedTo(NOTHING);
        TagFreeText name = wanted.name() == null ? null : TagFreeText.ofName(wanted.name());
        Channel seen = database.read(tx -> store.find(tx, caller, id)).orElse(null);
        List<FieldError> errors = broken(caller, seen, name, wanted);
        if (!errors.isEmpty()) {
            return new Result.Broken(errors);
        }
        if (seen == null) {
            return new Result.NotFound();
        }
        Optional<Refusal> stale = ETags.refusal(ifMatch, seen.version());
        if (stale.isPresent()) {
            return new Result.Stale(stale.get());
        }
        return switch (connections.reconnect(seen, wanted.credentials())) {
            case ChannelConnections.Refused(List<FieldError> refused) -> new Result.Broken(refused);
            case ChannelConnections.Connected(AccountConnection.Connected account) ->
                database.write(tx -> audited(
                        tx,
                        caller,
                        patch,
                        store(tx, caller, id, name, new Changes(account, wanted.sandbox()), ifMatch)));
        };
    }

    private static List<FieldError> broken(
            Caller caller, @Nullable Channel seen, @Nullable TagFreeText name, UpdateChannelRequest wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (name != null && name.text().isBlank()) {
            errors.add(BLANK_NAME);
        }
        if (seen != null && wanted.credentials() != null) {
            errors.addAll(CredentialRules.broken(caller, seen.provider(), wanted.credentials()));
        }
        if (seen != null) {
            errors.addAll(ChannelConnections.broken(seen.provider(), wanted.sandbox()));
        }
        return errors;
    }

    /** What is not null is new. A sandbox that behaves otherwise from now on is as good as connected again. */
    private record Changes(
            AccountConnection.@Nullable Connected account,
            @Nullable SandboxSettings sandbox) {}

    private Result store(
            Handle tx, Caller caller, UUID id, @Nullable TagFreeText name, Changes changes, @Nullable String ifMatch) {
        store.lock(tx, caller, id);
        Channel channel = store.find(tx, caller, id).orElse(null);
        if (channel == null) {
            return new Result.NotFound();
        }
        Optional<Refusal> stale = ETags.refusal(ifMatch, channel.version());
        if (stale.isPresent()) {
            return new Result.Stale(stale.get());
        }
        store.rename(tx, id, name == null ? new TagFreeText(channel.name(), channel.warnings()) : name);
        if (changes.account() != null) {
            connections.store(tx, id, changes.account());
        }
        if (changes.sandbox() != null) {
            store.behave(tx, id, changes.sandbox());
            store.works(tx, id);
        }
        return new Result.Done(store.find(tx, caller, id).orElseThrow());
    }

    private Result audited(Handle tx, Caller caller, MergePatch<?> patch, Result result) {
        if (result instanceof Result.Done(Channel channel)) {
            Map<String, ?> fields = Map.of("fields", patch.fields());
            audit.append(tx, Origin.of(caller), "updateChannel", Audited.channel(channel.id()), fields);
        }
        return result;
    }
}
