package io.flowapi.providers.mastodon;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.providers.Content;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Publishes to Mastodon. */
public final class MastodonPublisher implements Publisher {

    private static final Duration PREPARATION_MAX = Duration.ofSeconds(30);
    private static final Duration DELETION_MAX = Duration.ofSeconds(10);

    private final Database database;
    private final ChannelSecretStore secrets;
    private final MastodonApi api;
    private final Timeline timeline;
    private final StatusSender sender;
    private final StatusReader reader;
    private final InstantSource clock;

    public MastodonPublisher(Database database, ChannelSecretStore secrets, OutgoingHttp http, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.api = new MastodonApi(http, clock);
        this.timeline = new Timeline(api);
        this.sender = new StatusSender(api, timeline, new ChannelQuotas(database, clock));
        this.reader = new StatusReader(timeline, clock);
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.MASTODON;
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return secrets.find(tx, channelId)
                .map(found -> Credentials.read(found.credentials()).instance().origin())
                .orElse("");
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return secrets.find(tx, channelId)
                .map(found -> Limits.read(found.session()).rules(clock.instant()))
                .orElse(List.of());
    }

    /** Notes what the account shows before the first send: what is newer afterwards can be it, and nothing else. */
    @Override
    public Preparation prepare(Content content) {
        Secrets found = secrets(content.channelId()).orElse(null);
        if (found == null) {
            return new Preparation.Failed(new PublishOutcome.Rejected(NetworkFailures.channelGone()));
        }
        Credentials credentials = Credentials.read(found.credentials());
        Deadline deadline = Deadline.in(PREPARATION_MAX);
        renewLimits(content.channelId(), found, deadline);
        return switch (timeline.newest(credentials, deadline)) {
            case Timeline.Newest.Id(String id) ->
                new Preparation.Ready(FrozenStatus.json(content, clock.instant(), id));
            case Timeline.Newest.Unread(Timeline.Look.Failed failed) ->
                new Preparation.Failed(StatusSender.notLooked(failed, 1));
        };
    }

    /** What the account shows is for finding the status again, and not in the request. */
    @Override
    public Preparation preview(Content content, Deadline deadline) {
        return new Preparation.Ready(FrozenStatus.json(content, clock.instant(), ""));
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return credentials(channelId)
                .map(credentials -> MastodonApi.posting(credentials.instance(), FrozenStatus.read(frozen)));
    }

    @Override
    public List<String> chosenWhenSent() {
        return List.of("headers.Idempotency-Key");
    }

    /** Those of before are kept when the instance does not tell. */
    private void renewLimits(UUID channel, Secrets found, Deadline deadline) {
        if (Limits.read(found.session()).freshAt(clock.instant())) {
            return;
        }
        Credentials credentials = Credentials.read(found.credentials());
        NetworkAnswer answer = api.instance(credentials.instance(), credentials.accessToken(), deadline);
        if (answer instanceof NetworkAnswer.Done done) {
            String limits = Limits.of(done.body(), clock.instant()).json();
            database.write(tx -> secrets.renew(tx, channel, found.version(), limits));
        }
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return credentials(sending.channelId())
                .map(credentials -> sender.publish(credentials, sending))
                .orElseGet(() -> new PublishOutcome.Rejected(NetworkFailures.channelGone()));
    }

    @Override
    public Resolution resolve(Sending sending) {
        return credentials(sending.channelId())
                .map(credentials -> reader.resolve(credentials, sending))
                .orElseGet(() -> reader.undecided(sending, NetworkFailures.channelGone(), null));
    }

    @Override
    public Deletion delete(PublishedPost post) {
        Credentials credentials = credentials(post.channelId()).orElse(null);
        if (credentials == null) {
            return new Deletion.Failed(NetworkFailures.channelGone());
        }
        if (!Timeline.isId(post.providerPostId())) {
            return new Deletion.Failed(NetworkFailures.notOfThisAccount());
        }
        return switch (api.delete(credentials, post.providerPostId(), Deadline.in(DELETION_MAX))) {
            case NetworkAnswer.Done _ -> new Deletion.Gone();
            case NetworkAnswer.Refused refusal when refusal.status() == Failures.NOT_FOUND -> new Deletion.Gone();
            case NetworkAnswer.Refused refusal -> new Deletion.Failed(Failures.unread(refusal));
            case NetworkAnswer.Unclear unclear -> new Deletion.Failed(NetworkFailures.unusable(unclear));
            case NetworkAnswer.NotSent notSent -> new Deletion.Failed(NetworkFailures.notSent(notSent));
        };
    }

    private Optional<Credentials> credentials(UUID channel) {
        return secrets(channel).map(found -> Credentials.read(found.credentials()));
    }

    private Optional<Secrets> secrets(UUID channel) {
        return database.read(tx -> secrets.find(tx, channel));
    }
}
