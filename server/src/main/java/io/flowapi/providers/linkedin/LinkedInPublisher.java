package io.flowapi.providers.linkedin;

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
import io.flowapi.providers.oauth.TokenAnswer;
import io.flowapi.providers.oauth.TokenSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Publishes to LinkedIn. */
public final class LinkedInPublisher implements Publisher {

    private static final Duration DELETION_MAX = Duration.ofSeconds(10);

    private final Database database;
    private final ChannelSecretStore secrets;
    private final LinkedInApi api;
    private final TokenCalls calls;
    private final PostSender sender;
    private final InstantSource clock;

    /** @param at where LinkedIn is called, and in which version */
    public LinkedInPublisher(
            Database database,
            ChannelSecretStore secrets,
            TokenSessions tokens,
            OutgoingHttp http,
            InstantSource clock,
            At at) {
        this.database = database;
        this.secrets = secrets;
        this.api = new LinkedInApi(http, clock, at.url(), at.version());
        this.calls = new TokenCalls(tokens);
        this.sender = new PostSender(calls, api, new ChannelQuotas(database, clock), clock);
        this.clock = clock;
    }

    /** @param url without a trailing slash */
    public record At(String url, LinkedInVersion version) {}

    @Override
    public Provider provider() {
        return Provider.LINKEDIN;
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return api.url();
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return TextRules.RULES;
    }

    @Override
    public Preparation prepare(Content content) {
        return database.read(tx -> secrets.find(tx, content.channelId()))
                .map(found -> Credentials.read(found.credentials()))
                .<Preparation>map(by -> new Preparation.Ready(FrozenPost.json(by.author(), content)))
                .orElseGet(() -> new Preparation.Failed(new PublishOutcome.Rejected(NetworkFailures.channelGone())));
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return database.read(tx -> secrets.find(tx, channelId)).map(found -> api.creation(frozen));
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return sender.publish(sending);
    }

    /** Asks nobody: LinkedIn shows the posts of a member to no application. */
    @Override
    public Resolution resolve(Sending sending) {
        return Repetition.resolve(sending, clock.instant());
    }

    @Override
    public Deletion delete(PublishedPost post) {
        Urn urn = Urn.of(post.providerPostId()).orElse(null);
        if (urn == null) {
            return new Deletion.Failed(NetworkFailures.notOfThisAccount());
        }
        Deadline deadline = Deadline.in(DELETION_MAX);
        return switch (calls.call(post.channelId(), deadline, token -> api.delete(token, urn, deadline))) {
            case TokenCalls.Outcome.NoToken(TokenAnswer.Missing why) -> new Deletion.Failed(why.error());
            case TokenCalls.Outcome.Answered(NetworkAnswer answer) -> deletion(answer);
        };
    }

    private static Deletion deletion(NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done _ -> new Deletion.Gone();
            case NetworkAnswer.Refused refusal when refusal.status() == Failures.NOT_FOUND -> new Deletion.Gone();
            case NetworkAnswer.Refused refusal -> failed(Failures.unread(refusal));
            case NetworkAnswer.Unclear unclear -> failed(NetworkFailures.unusable(unclear));
            case NetworkAnswer.NotSent notSent -> failed(NetworkFailures.notSent(notSent));
        };
    }

    private static Deletion failed(TargetError error) {
        return new Deletion.Failed(error);
    }
}
