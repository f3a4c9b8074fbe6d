package io.flowapi.channels;

import static java.util.stream.Collectors.toList;

import io.flowapi.api.ChannelsApi;
import io.flowapi.api.model.Channel;
import io.flowapi.api.model.ChannelPage;
import io.flowapi.api.model.ChannelQuota;
import io.flowapi.api.model.CreateChannelRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.TimelineEntry;
import io.flowapi.api.model.TimelineEntryPage;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.Transaction;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.Rule;
import io.flowapi.providers.oauth.Revocations;
import io.flowapi.providers.sandbox.SandboxEntry;
import io.flowapi.providers.sandbox.SandboxLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The channel operations. */
public final class ChannelsResource implements ChannelsApi {

    private static final int NAMED_POSTS_MAX = 100;

    private final Database database;
    private final ChannelStore store;
    private final SandboxLedger ledger;
    private final ChannelConnections connections;
    private final ChannelUpdates updates;
    private final WaitingPosts waiting;
    private final Revocations revocations;
    private final AuditLog audit;
    private final ChannelQuotas quotas;
    private final Publishers publishers;
    private final Idempotency idempotency;
    private final Paging paging;

    /** What channels consist of, and what waits for them. */
    public record Channels(
            ChannelStore store,
            SandboxLedger ledger,
            ChannelConnections connections,
            WaitingPosts waiting,
            Revocations revocations,
            ChannelQuotas quotas,
            Publishers publishers) {}

    public ChannelsResource(
            Database database, Channels channels, AuditLog audit, Idempotency idempotency, Paging paging) {
        this.database = database;
        this.store = channels.store();
        this.ledger = channels.ledger();
        this.connections = channels.connections();
        this.updates = new ChannelUpdates(database, store, connections, audit);
        this.waiting = channels.waiting();
        this.revocations = channels.revocations();
        this.quotas = channels.quotas();
        this.publishers = channels.publishers();
        this.audit = audit;
        this.idempotency = idempotency;
        this.paging = paging;
    }

    @Override
    public CreateChannelReply createChannel(Caller caller, CreateChannelCall call) {
        return idempotency.onceCalling(
                caller,
                call.idempotencyKey(),
                () -> connect(caller, TagFreeText.ofName(call.body().name()), call.body()),
                CreateChannelReply.Replayed::new);
    }

    private Transaction<CreateChannelReply> connect(Caller caller, TagFreeText name, CreateChannelRequest wanted) {
        return switch (connections.connect(caller, name, wanted)) {
            case ChannelConnections.Refused(var errors) -> tx -> new CreateChannelReply.R422(Refusal.invalid(errors));
            case ChannelConnections.Connected connected ->
                tx -> {
                    Channel channel = connections.store(tx, caller, name, wanted, connected);
                    audit.append(tx, Origin.of(caller), "createChannel", Audited.channel(channel.id()));
                    return new CreateChannelReply.R201(
                            channel, "/v1/channels/" + channel.id(), ETags.of(channel.version()));
                };
        };
    }

    @Override
    public ListChannelsReply listChannels(Caller caller, ListChannelsCall call) {
        Page<Channel> page = paging.page(
                caller,
                "channels",
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> store.list(tx, caller, after, limit)),
                channel -> new Position(channel.createdAt(), channel.id()));
        return new ListChannelsReply.R200(new ChannelPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public GetChannelReply getChannel(Caller caller, GetChannelCall call) {
        return database.read(tx -> store.find(tx, caller, call.channelId()))
                .<GetChannelReply>map(channel -> new GetChannelReply.R200(channel, ETags.of(channel.version())))
                .orElseGet(() -> new GetChannelReply.R404(notFound()));
    }

    @Override
    public UpdateChannelReply updateChannel(Caller caller, UpdateChannelCall call) {
        return switch (updates.update(caller, call.channelId(), call.body(), call.ifMatch())) {
            case ChannelUpdates.Result.Done(Channel channel) ->
                new UpdateChannelReply.R200(channel, ETags.of(channel.version()));
            case ChannelUpdates.Result.Broken(List<FieldError> errors) ->
                new UpdateChannelReply.R422(Refusal.invalid(errors));
            case ChannelUpdates.Result.NotFound _ -> new UpdateChannelReply.R404(notFound());
            case ChannelUpdates.Result.Stale(Refusal refusal) -> new UpdateChannelReply.R412(refusal);
        };
    }

    @Override
    public DeleteChannelReply deleteChannel(Caller caller, DeleteChannelCall call) {
        return database.write(tx -> delete(tx, caller, call));
    }

    private DeleteChannelReply delete(Handle tx, Caller caller, DeleteChannelCall call) {
        UUID id = call.channelId();
        // First of all: until this ends nobody makes a post for the channel or publishes one.
        if (!store.lock(tx, caller, id)) {
            return new DeleteChannelReply.R404(notFound());
        }
        Channel channel = store.find(tx, caller, id).orElseThrow();
        Optional<Refusal> stale = ETags.refusal(call.ifMatch(), channel.version());
        if (stale.isPresent()) {
            return new DeleteChannelReply.R412(stale.get());
        }
        boolean cancelScheduled = call.cancelScheduled();
        long posts = waiting.count(tx, id);
        boolean free = posts == 0 || cancelScheduled && waiting.cancel(tx, id);
        if (!free) {
            return new DeleteChannelReply.R409(inUse(posts, waiting.first(tx, id, NAMED_POSTS_MAX), cancelScheduled));
        }
        // A network may end all that an account has given with one of its tokens.
        if (!store.isAccountShared(tx, channel)) {
            revocations.plan(tx, channel);
        }
        store.delete(tx, id);
        Map<String, Boolean> how = cancelScheduled ? Map.of("cancelScheduled", true) : Map.of();
        audit.append(tx, Origin.of(caller), "deleteChannel", Audited.channel(id), how);
        return new DeleteChannelReply.R204();
    }

    private static Refusal inUse(long posts, List<UUID> some, boolean cancelScheduled) {
        List<FieldError> named = some.stream()
                .map(post -> Fields.parameter(
                        "cancelScheduled", "post_waiting", "The post " + post + " is waiting for this channel."))
                .collect(toList());
        String wayOut = cancelScheduled
                ? " Something is being sent at this moment and cannot be cancelled; try again when it is out."
                : " Cancel them, or repeat with cancelScheduled=true.";
        return new Refusal(
                ProblemCode.CHANNEL_IN_USE,
                posts + " posts are still to go out on this channel." + wayOut,
                named,
                Map.of());
    }

    @Override
    public GetChannelRulesReply getChannelRules(Caller caller, GetChannelRulesCall call) {
        UUID id = call.channelId();
        return database.read(tx -> store.find(tx, caller, id)
                .<GetChannelRulesReply>map(channel -> new GetChannelRulesReply.R200(
                        Rule.shown(publishers.of(channel.provider()).rules(tx, id))))
                .orElseGet(() -> new GetChannelRulesReply.R404(notFound())));
    }

    @Override
    public GetChannelQuotaReply getChannelQuota(Caller caller, GetChannelQuotaCall call) {
        UUID id = call.channelId();
        return database.read(tx -> store.find(tx, caller, id)
                .<GetChannelQuotaReply>map(
                        channel -> new GetChannelQuotaReply.R200(new ChannelQuota(quotas.of(tx, id))))
                .orElseGet(() -> new GetChannelQuotaReply.R404(notFound())));
    }

    @Override
    public ListChannelTimelineReply listChannelTimeline(Caller caller, ListChannelTimelineCall call) {
        UUID id = call.channelId();
        if (database.read(tx -> store.find(tx, caller, id)).isEmpty()) {
            return new ListChannelTimelineReply.R404(notFound());
        }
        Page<TimelineEntry> page = paging.page(
                        caller,
                        "timeline " + id,
                        call.cursor(),
                        call.limit(),
                        (after, limit) -> database.read(tx -> ledger.timeline(tx, id, after, limit)),
                        entry -> new Position(entry.createdAt(), entry.id()))
                .map(ChannelsResource::shown);
        return new ListChannelTimelineReply.R200(new TimelineEntryPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    private static TimelineEntry shown(SandboxEntry entry) {
        return new TimelineEntry(entry.id(), entry.content(), entry.targetId(), entry.createdAt());
    }

    private static Refusal notFound() {
        return Refusal.notFound("channel");
    }
}
