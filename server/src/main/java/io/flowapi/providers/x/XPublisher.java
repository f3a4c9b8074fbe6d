package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.ChannelSecretStore;
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
import io.flowapi.providers.Waits;
import io.flowapi.providers.oauth.TokenSessions;
import io.flowapi.providers.x.AccountCalls.Outcome;
import io.flowapi.providers.x.Timeline.Look;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Publishes to X. */
public final class XPublisher implements Publisher {

    private static final Duration LOOK_MAX = Duration.ofSeconds(30);
    private static final Duration DELETION_MAX = Duration.ofSeconds(10);

    private final String apiUrl;
    private final Database database;
    private final ChannelSecretStore secrets;
    private final AccountCalls calls;
    private final Timeline timeline;
    private final PostSender sender;
    private final InstantSource clock;

    /** @param apiUrl where X is reached, without a trailing slash */
    public XPublisher(
            String apiUrl,
            Database database,
            ChannelSecretStore secrets,
            TokenSessions sessions,
            OutgoingHttp http,
            InstantSource clock) {
        this.apiUrl = apiUrl;
        this.database = database;
        this.secrets = secrets;
        this.calls = new AccountCalls(sessions, http, clock);
        this.timeline = new Timeline(apiUrl, calls);
        this.sender = new PostSender(apiUrl, calls, timeline, new ChannelQuotas(database, clock));
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.X;
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return apiUrl;
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return PostRules.RULES;
    }

    @Override
    public Preparation prepare(Content content) {
        return new Preparation.Ready(FrozenPost.json(content, clock.instant()));
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return account(channelId).map(account -> sender.request(FrozenPost.read(frozen)));
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return account(sending.channelId())
                .map(account -> sender.publish(account, sending))
                .orElseGet(() -> new PublishOutcome.Rejected(NetworkFailures.channelGone()));
    }

    @Override
    public Resolution resolve(Sending sending) {
        Account account = account(sending.channelId()).orElse(null);
        if (account == null) {
            return undecided(sending, NetworkFailures.channelGone(), null);
        }
        FrozenPost post = FrozenPost.read(sending.request());
        Instant askedAt = clock.instant();
        return switch (timeline.find(sending.channelId(), account, post, Deadline.in(LOOK_MAX))) {
            case Look.Found(String id, Instant createdAt) -> new Resolution.Found(id, account.urlOf(id), createdAt);
            case Look.Failed(TargetError error, Duration retryAfter, boolean _) ->
                undecided(sending, error, retryAfter);
            case Look.Missing _ -> ReadBack.notShown(sending, post.hasText(), askedAt);
        };
    }

    private Resolution undecided(Sending sending, TargetError looking, @Nullable Duration asked) {
        Duration wait = asked == null ? Waits.beforeLookingAgain(sending.startedAt(), clock.instant()) : asked;
        return new Resolution.Undecided(NetworkFailures.unresolved(looking), wait);
    }

    @Override
    public Deletion delete(PublishedPost post) {
        if (!Account.isId(post.providerPostId())) {
            return new Deletion.Failed(NetworkFailures.notOfThisAccount());
        }
        var request = ProviderRequest.of("DELETE", apiUrl + "/2/tweets/" + post.providerPostId(), Map.of(), "");
        return switch (calls.call(post.channelId(), request, answer -> {}, Deadline.in(DELETION_MAX))) {
            case Outcome.NoToken noToken -> new Deletion.Failed(noToken.error());
            case Outcome.Answered(NetworkAnswer answer) -> deletion(answer);
        };
    }

    private static Deletion deletion(NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done(JsonNode body, var _, var _)
            when body.at("/data/deleted").asBoolean() -> new Deletion.Gone();
            case NetworkAnswer.Done done -> new Deletion.Failed(NetworkFailures.notAnAnswer(done));
            case NetworkAnswer.Refused refusal when refusal.status() == Failures.NOT_FOUND -> new Deletion.Gone();
            case NetworkAnswer.Refused refusal -> new Deletion.Failed(Failures.unread(refusal));
            case NetworkAnswer.Unclear unclear -> new Deletion.Failed(NetworkFailures.unusable(unclear));
            case NetworkAnswer.NotSent notSent -> new Deletion.Failed(NetworkFailures.notSent(notSent));
        };
    }

    private Optional<Account> account(UUID channel) {
        return database.read(tx -> secrets.find(tx, channel)).map(found -> Account.read(found.credentials()));
    }
}
