package io.flowapi.providers.oauth;

import io.flowapi.platform.db.Database;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkFailures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The tokens of each channel of one network: kept over restarts, and renewed once however many need them. Only a grant
 * that has ended disconnects a channel: everything else that can go wrong is tried again.
 */
public final class TokenSessions implements AutoCloseable {

    private final Database database;
    private final ChannelSecretStore store;
    private final InstantSource clock;
    private final TokenRenewal renewal;
    private final ConcurrentMap<UUID, FutureTask<TokenAnswer>> renewals = new ConcurrentHashMap<>();

    public TokenSessions(Database database, ChannelSecretStore store, TokenEndpoint endpoint, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.renewal = new TokenRenewal(database, store, endpoint, clock);
    }

    /** One that is nearly over is renewed before it is used; where that cannot be done, the network is to judge. */
    public TokenAnswer current(UUID channel, Deadline deadline) {
        Secrets secrets = secrets(channel).orElse(null);
        if (secrets == null || secrets.session() == null) {
            return new TokenAnswer.Refused(NetworkFailures.channelGone());
        }
        Tokens tokens = Tokens.read(secrets.session());
        Instant now = clock.instant();
        if (!tokens.nearlyOver(now) || !renewal.possible(tokens)) {
            return ready(secrets);
        }
        TokenAnswer renewed = renewed(channel, tokens.accessToken(), deadline);
        return renewed instanceof TokenAnswer.Later && !tokens.over(now) ? ready(secrets) : renewed;
    }

    /**
     * One other than the network refused. All who need one at the same time wait for the same renewal, which has a thread
     * of its own: it must not be broken off with whoever asked first, because the tokens it brings come once.
     */
    public TokenAnswer renewed(UUID channel, String refusedAccessToken, Deadline deadline) {
        var mine = new FutureTask<>(() -> other(channel, refusedAccessToken));
        FutureTask<TokenAnswer> running = renewals.putIfAbsent(channel, mine);
        if (running != null) {
            TokenAnswer theirs = await(running, deadline);
            boolean refused =
                    theirs instanceof TokenAnswer.Ready(String token, String _) && token.equals(refusedAccessToken);
            return refused ? renewed(channel, refusedAccessToken, deadline) : theirs;
        }
        Thread.startVirtualThread(mine);
        return await(mine, deadline);
    }

    /** Who comes when it is known begins anew. */
    private TokenAnswer other(UUID channel, String refused) {
        try {
            return renewal.other(channel, refused);
        } finally {
            renewals.remove(channel);
        }
    }

    private static TokenAnswer await(FutureTask<TokenAnswer> renewal, Deadline deadline) {
        try {
            return renewal.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("A token could not be renewed.", failed.getCause());
        } catch (TimeoutException late) {
            return new TokenAnswer.Later(Renewals.underWay(), null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new TokenAnswer.Later(Renewals.underWay(), null);
        }
    }

    /** Before the database is. */
    @Override
    public void close() {
        renewal.close();
    }

    static TokenAnswer ready(Secrets secrets) {
        return new TokenAnswer.Ready(Tokens.read(secrets.session()).accessToken(), secrets.credentials());
    }

    private Optional<Secrets> secrets(UUID channel) {
        return database.read(tx -> store.find(tx, channel));
    }
}
