package io.flowapi.providers.oauth;

import io.flowapi.platform.db.Database;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Renews the tokens of a channel. A refresh token may be good for one use: whoever sends it has taken the renewal in the
 * database before, and what came of it is stored before it is used.
 */
final class TokenRenewal {

    private static final System.Logger LOG = System.getLogger(TokenRenewal.class.getName());

    /** Longer than a call and the transactions around it; after a crash nobody waits longer. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration CALL_MAX = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);

    private final Database database;
    private final ChannelSecretStore store;
    private final TokenEndpoint endpoint;
    private final InstantSource clock;

    /** What could not be stored because the database was away: the network takes the tokens before no more. */
    private final ConcurrentMap<UUID, Rotated> unstored = new ConcurrentHashMap<>();

    private final CountDownLatch closing = new CountDownLatch(1);

    private record Rotated(Secrets read, Tokens tokens) {}

    TokenRenewal(Database database, ChannelSecretStore store, TokenEndpoint endpoint, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    boolean possible(Tokens tokens) {
        return endpoint.usable() && tokens.refreshToken() != null;
    }

    /** Another access token than this one. */
    TokenAnswer other(UUID channel, String refused) {
        Rotated waiting = unstored.get(channel);
        if (waiting != null) {
            store(channel, waiting);
        }
        Secrets read = secrets(channel).orElse(null);
        if (read == null || read.session() == null) {
            return new TokenAnswer.Refused(NetworkFailures.channelGone());
        }
        Tokens tokens = Tokens.read(read.session());
        if (!tokens.accessToken().equals(refused)) {
            return TokenSessions.ready(read);
        }
        if (tokens.refreshToken() == null) {
            return new TokenAnswer.Refused(Renewals.noRefreshToken());
        }
        return endpoint.usable()
                ? renew(channel, read, tokens)
                : new TokenAnswer.Later(Renewals.noApplication(endpoint.application()), null);
    }

    private TokenAnswer renew(UUID channel, Secrets read, Tokens tokens) {
        Instant now = clock.instant();
        if (!database.write(tx -> store.takeRenewal(tx, channel, read.version(), now, now.plus(LEASE)))) {
            return replaced(channel, read).orElseGet(() -> new TokenAnswer.Later(Renewals.underWay(), LOOK_AGAIN));
        }
        NetworkAnswer answer = endpoint.refresh(tokens.refreshToken(), Deadline.in(CALL_MAX));
        return switch (answer) {
            case NetworkAnswer.Done done -> stored(channel, read, tokens, done);
            // Whoever gave new tokens meanwhile has made the ones before end.
            case NetworkAnswer.Refused refusal
            when Renewals.ended(refusal) ->
                replaced(channel, read)
                        .orElseGet(() -> left(channel, read, new TokenAnswer.Refused(Renewals.grantOver(refusal))));
            case NetworkAnswer.Refused refusal ->
                left(
                        channel,
                        read,
                        new TokenAnswer.Later(
                                Renewals.notRenewed(refusal, endpoint.application()), refusal.retryAfter()));
            case NetworkAnswer.Unclear unclear ->
                left(channel, read, new TokenAnswer.Later(NetworkFailures.unusable(unclear), null));
            case NetworkAnswer.NotSent notSent ->
                left(channel, read, new TokenAnswer.Later(NetworkFailures.notSent(notSent), null));
        };
    }

    private TokenAnswer stored(UUID channel, Secrets read, Tokens before, NetworkAnswer.Done done) {
        Tokens tokens = Tokens.from(done, clock.instant()).orElse(null);
        if (tokens == null) {
            return left(channel, read, new TokenAnswer.Later(Renewals.notTokens(done), null));
        }
        var rotated = new Rotated(read, tokens.after(before));
        unstored.put(channel, rotated);
        try {
            store(channel, rotated);
        } catch (RuntimeException away) {
            Thread.startVirtualThread(() -> keepStoring(channel, rotated));
            throw away;
        }
        return secrets(channel)
                .map(TokenSessions::ready)
                .orElseGet(() -> new TokenAnswer.Refused(NetworkFailures.channelGone()));
    }

    /** Until the database is back, or the server stops; whoever needs the channel before stores it too. */
    private void keepStoring(UUID channel, Rotated rotated) {
        try {
            while (unstored.get(channel) == rotated
                    && !closing.await(STORE_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    && !couldStore(channel, rotated)) {
                // It is still away.
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean couldStore(UUID channel, Rotated rotated) {
        try {
            store(channel, rotated);
            return true;
        } catch (RuntimeException away) {
            return false;
        }
    }

    /** The last chance of what is not stored. A database that is away is waited for once: a stop has its time. */
    void close() {
        closing.countDown();
        boolean there = true;
        for (Map.Entry<UUID, Rotated> waiting : unstored.entrySet()) {
            there = there && couldStore(waiting.getKey(), waiting.getValue());
            if (!there) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "The new tokens of the channel {0} could not be stored: its owner must connect it again.",
                        waiting.getKey());
            }
        }
    }

    /** Nothing where somebody has given the channel new tokens meanwhile. */
    private void store(UUID channel, Rotated rotated) {
        String session = rotated.tokens().json();
        database.write(tx -> store.renew(tx, channel, rotated.read().version(), session));
        unstored.remove(channel, rotated);
    }

    private TokenAnswer left(UUID channel, Secrets read, TokenAnswer answer) {
        database.write(tx -> {
            store.leaveRenewal(tx, channel, read.version());
            return null;
        });
        return answer;
    }

    /** The tokens that somebody has stored since. */
    private Optional<TokenAnswer> replaced(UUID channel, Secrets read) {
        return secrets(channel)
                .filter(now -> now.version() != read.version() && now.session() != null)
                .map(TokenSessions::ready);
    }

    private Optional<Secrets> secrets(UUID channel) {
        return database.read(tx -> store.find(tx, channel));
    }
}
