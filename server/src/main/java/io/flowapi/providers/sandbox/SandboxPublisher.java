package io.flowapi.providers.sandbox;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.QuotaWindow;
import io.flowapi.api.model.TargetError;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Content;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.ProviderResponse;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Publishes to the sandbox network. */
public final class SandboxPublisher implements Publisher {

    private static final Duration RATE_LIMIT_RESET = Duration.ofSeconds(1);

    private static final Duration QUOTA_RESET = Duration.ofMinutes(1);

    private static final long QUOTA = 100;

    private static final Duration SLOWNESS = Duration.ofSeconds(5);

    /** A network that never tells is asked at once, then, and when it says that it will not. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

    private static final Duration ASKED_FOR = Duration.ofSeconds(2);

    private final Database database;
    private final SandboxLedger ledger;
    private final Ids ids;
    private final InstantSource clock;
    private final ChannelQuotas quotas;
    private final Runnable slowness;

    public SandboxPublisher(Database database, SandboxLedger ledger, Ids ids, InstantSource clock) {
        this(database, ledger, ids, clock, SandboxPublisher::sleep);
    }

    /** @param slowness what a slow network does between taking a post and saying so */
    SandboxPublisher(Database database, SandboxLedger ledger, Ids ids, InstantSource clock, Runnable slowness) {
        this.database = database;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
        this.slowness = slowness;
        this.quotas = new ChannelQuotas(database, clock);
    }

    @Override
    public Provider provider() {
        return Provider.SANDBOX;
    }

    /** Each channel is a server of its own: what one test does to its channel does not delay another's. */
    @Override
    public String server(Handle tx, UUID channelId) {
        return channelId.toString();
    }

    /** The network takes everything a post can hold. */
    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return List.of();
    }

    /** The network takes plain text. */
    @Override
    public Preparation prepare(Content content) {
        return new Preparation.Ready(content.text());
    }

    /** The network is no server: its address only names the channel. */
    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return Optional.of(sent(channelId, frozen));
    }

    private static ProviderRequest sent(UUID channelId, String text) {
        return new ProviderRequest(
                "POST", "sandbox:" + channelId, Map.of("Content-Type", "text/plain; charset=utf-8"), text);
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return switch (script(sending).orElse(null)) {
            case null -> take(sending);
            case RATE_LIMITED -> sending.attempt() == 1 ? rateLimited(sending) : take(sending);
            case TIMEOUT, UNKNOWN -> {
                take(sending);
                yield noAnswer();
            }
            case QUOTA -> {
                tellQuota(sending, QUOTA_RESET);
                yield take(sending);
            }
            case SLOW -> {
                PublishOutcome taken = take(sending);
                slowness.run();
                yield taken;
            }
            case SERVER_ERROR ->
                new PublishOutcome.Unknown(error(
                        ErrorCategory.PROVIDER_ERROR,
                        "server_error",
                        "The network answered 500.",
                        "Nothing: it is being resolved.",
                        500));
            case REJECTED ->
                new PublishOutcome.Rejected(error(
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "The network refused the content.",
                        "Change the content.",
                        422));
            case AUTH_REVOKED ->
                new PublishOutcome.Rejected(error(
                        ErrorCategory.AUTH_EXPIRED,
                        "credentials_refused",
                        "The network refused the credentials.",
                        "Connect the channel again.",
                        401));
        };
    }

    /** It takes as long for what fails as for what goes well: else failures that came between answers would overtake these. */
    private Optional<SandboxScript> script(Sending sending) {
        Optional<SandboxScript> ofChannel = database.read(tx -> ledger.script(tx, sending.channelId()));
        return SandboxScript.in(sending.request()).or(() -> ofChannel);
    }

    /** Asking voids the request: what was not taken until now never will be, however late it comes. */
    @Override
    public Resolution resolve(Sending sending) {
        if (script(sending).filter(SandboxScript.UNKNOWN::equals).isPresent()) {
            return neverTells(sending);
        }
        return database.write(tx -> {
            if (ledger.neverTaken(tx, sending.targetId(), sending.attempt())) {
                return absent(sending);
            }
            return ledger.byTarget(tx, sending.targetId())
                    .<Resolution>map(entry -> new Resolution.Found(entry.id().toString(), null, entry.createdAt()))
                    .orElseGet(() -> absent(sending));
        });
    }

    private Resolution neverTells(Sending sending) {
        return clock.instant().isBefore(sending.startedAt().plus(ASKED_FOR))
                ? new Resolution.Undecided(doesNotTellYet(), ASK_AGAIN_AFTER)
                : new Resolution.Untold(doesNotTell());
    }

    /** Soon: who tests what happens at the end does not want to wait for it. */
    private static Resolution absent(Sending sending) {
        return new Resolution.Absent(Duration.ofSeconds(1L << Math.min(sending.attempt() - 1, 9)));
    }

    @Override
    public Deletion delete(PublishedPost post) {
        return database.write(tx -> {
            ledger.remove(tx, post.targetId());
            return new Deletion.Gone();
        });
    }

    private PublishOutcome take(Sending sending) {
        ProviderRequest request = sent(sending.channelId(), sending.request());
        SandboxEntry entry =
                new SandboxEntry(ids.next(), sending.channelId(), sending.targetId(), request.body(), clock.instant());
        boolean taken = database.write(tx -> ledger.append(tx, entry, sending.attempt()));
        return taken ? created(entry) : noAnswer();
    }

    private static PublishOutcome created(SandboxEntry entry) {
        String id = entry.id().toString();
        return new PublishOutcome.Published(id, null, new ProviderResponse(201, "{\"id\":\"" + id + "\"}"));
    }

    /** By a clock that nobody sets: it is the answer that is slow, not the time. */
    private static void sleep() {
        try {
            Thread.sleep(SLOWNESS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static PublishOutcome noAnswer() {
        return new PublishOutcome.Unknown(error(
                ErrorCategory.UNKNOWN,
                "no_answer",
                "The network did not answer.",
                "Nothing: it is being resolved.",
                null));
    }

    private static TargetError doesNotTellYet() {
        return error(
                ErrorCategory.UNKNOWN,
                "no_answer",
                "The network does not tell whether it has the post.",
                "Nothing: it is being resolved.",
                null);
    }

    private static TargetError doesNotTell() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_told",
                "The network does not tell whether it has the post.",
                "Look at the channel's timeline, then settle the target.",
                false,
                null,
                null);
    }

    /** That it takes nothing more until then. */
    private void tellQuota(Sending sending, Duration reset) {
        Instant now = clock.instant();
        quotas.told(sending.channelId(), new QuotaWindow("posts", QUOTA, 0L, now.plus(reset), now));
    }

    private PublishOutcome rateLimited(Sending sending) {
        tellQuota(sending, RATE_LIMIT_RESET);
        TargetError error = error(
                ErrorCategory.RATE_LIMITED,
                "rate_limited",
                "The network asked to wait.",
                "Nothing: it is sent again.",
                429);
        return new PublishOutcome.NotSent(error, RATE_LIMIT_RESET);
    }

    private static TargetError error(
            ErrorCategory category, String code, String message, String remediation, @Nullable Integer providerStatus) {
        boolean retryable = category != ErrorCategory.PROVIDER_REJECTED && category != ErrorCategory.AUTH_EXPIRED;
        return new TargetError(category, code, message, remediation, retryable, providerStatus, null);
    }
}
