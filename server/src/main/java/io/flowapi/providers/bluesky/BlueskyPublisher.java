package io.flowapi.providers.bluesky;

import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.Content;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Sending;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Publishes to Bluesky. */
public final class BlueskyPublisher implements Publisher {

    private static final Duration PREPARATION_MAX = Duration.ofSeconds(30);
    private static final Duration PREPARE_AGAIN_AFTER = Duration.ofSeconds(15);

    private final BlueskySessions sessions;
    private final Handles handles;
    private final PostSender sender;
    private final PostReader reader;
    private final PostRemover remover;
    private final Tids tids;
    private final InstantSource clock;

    public BlueskyPublisher(Database database, ChannelSecretStore secrets, OutgoingHttp http, InstantSource clock) {
        var xrpc = new Xrpc(http, clock);
        this.sessions = new BlueskySessions(database, secrets, xrpc);
        this.handles = new Handles(xrpc);
        var calls = new SessionCalls(sessions, xrpc, new ChannelQuotas(database, clock));
        this.sender = new PostSender(sessions, calls);
        this.remover = new PostRemover(sessions, calls);
        this.reader = new PostReader(sessions, xrpc, clock);
        this.tids = new Tids(clock, new SecureRandom());
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.BLUESKY;
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return sessions.credentials(tx, channelId)
                .map(credentials -> credentials.service().origin())
                .orElse("");
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return TextLimits.RULES;
    }

    /** Chooses the post's key and time: with both in the request, sending it twice makes one post. */
    @Override
    public Preparation prepare(Content content) {
        return preview(content, Deadline.in(PREPARATION_MAX));
    }

    /** The same: whom a post mentions is in its request. */
    @Override
    public Preparation preview(Content content, Deadline deadline) {
        Credentials credentials = sessions.credentials(content.channelId()).orElse(null);
        if (credentials == null) {
            return new Preparation.Failed(new PublishOutcome.Rejected(NetworkFailures.channelGone()));
        }
        List<Span> spans = SpanFinder.find(content.text());
        return switch (handles.resolve(credentials.service(), spans, deadline)) {
            case Handles.Resolved.All(Map<String, String> dids) ->
                new Preparation.Ready(PutRecord.json(
                        credentials.did(),
                        tids.next(),
                        content.text(),
                        clock.instant(),
                        spans,
                        dids,
                        langs(content.options())));
            case Handles.Resolved.Later(TargetError error, Duration retryAfter) ->
                new Preparation.Failed(
                        new PublishOutcome.NotSent(error, retryAfter == null ? PREPARE_AGAIN_AFTER : retryAfter));
        };
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return sessions.credentials(channelId)
                .map(credentials -> PostSender.putting(PutRecord.read(frozen)).at(credentials.service()));
    }

    @Override
    public List<String> chosenWhenSent() {
        return List.of("body.rkey", "body.record.createdAt", "body.record.facets");
    }

    private static @Nullable List<String> langs(@Nullable TargetOptions options) {
        return options == null ? null : options.langs();
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return sender.publish(sending);
    }

    @Override
    public Resolution resolve(Sending sending) {
        return reader.resolve(sending);
    }

    @Override
    public Optional<String> idOf(Sending sending) {
        return Optional.of(PutRecord.read(sending.request()).uri());
    }

    @Override
    public Deletion delete(PublishedPost post) {
        return remover.delete(post);
    }
}
