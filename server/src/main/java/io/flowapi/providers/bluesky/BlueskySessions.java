package io.flowapi.providers.bluesky;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The session of each channel: kept over restarts, renewed once however many need it, and stored before it is used. Only
 * a refused app password ends it: everything else that can go wrong is tried again.
 */
final class BlueskySessions {

    private final Database database;
    private final ChannelSecretStore store;
    private final Xrpc xrpc;
    private final ConcurrentMap<UUID, FutureTask<SessionAnswer>> renewals = new ConcurrentHashMap<>();

    BlueskySessions(Database database, ChannelSecretStore store, Xrpc xrpc) {
        this.database = database;
        this.store = store;
        this.xrpc = xrpc;
    }

    Optional<Credentials> credentials(Handle tx, UUID channel) {
        return store.find(tx, channel).map(found -> Credentials.read(found.credentials()));
    }

    Optional<Credentials> credentials(UUID channel) {
        return secrets(channel).map(secrets -> Credentials.read(secrets.credentials()));
    }

    SessionAnswer current(UUID channel, Deadline deadline) {
        Secrets secrets = secrets(channel).orElse(null);
        if (secrets == null) {
            return new SessionAnswer.Refused(NetworkFailures.channelGone());
        }
        return secrets.session() == null ? renewed(channel, null, deadline) : ready(secrets);
    }

    /** Both of one reading: a token goes to no other server than the one that gave it. */
    private static SessionAnswer ready(Secrets secrets) {
        return new SessionAnswer.Ready(
                Credentials.read(secrets.credentials()).service(), Session.read(secrets.session()));
    }

    /**
     * A session other than the one that the server refused. All who need one at the same time wait for the same renewal.
     */
    SessionAnswer renewed(UUID channel, @Nullable Session refused, Deadline deadline) {
        var mine = new FutureTask<>(() -> renew(channel, refused, deadline));
        FutureTask<SessionAnswer> running = renewals.putIfAbsent(channel, mine);
        if (running != null) {
            return await(running, deadline);
        }
        try {
            mine.run();
        } finally {
            renewals.remove(channel, mine);
        }
        return await(mine, deadline);
    }

    private static SessionAnswer await(FutureTask<SessionAnswer> renewal, Deadline deadline) {
        try {
            return renewal.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("A session could not be renewed.", bug.getCause());
        } catch (TimeoutException late) {
            return later(new NetworkAnswer.NotSent("The renewal of the session took too long.", false));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return later(new NetworkAnswer.NotSent("The server stopped before the request was sent.", false));
        }
    }

    private SessionAnswer renew(UUID channel, @Nullable Session refused, Deadline deadline) {
        Secrets secrets = secrets(channel).orElse(null);
        if (secrets == null) {
            return new SessionAnswer.Refused(NetworkFailures.channelGone());
        }
        if (secrets.session() == null) {
            return login(channel, secrets, deadline);
        }
        Session stored = Session.read(secrets.session());
        return stored.equals(refused) ? refresh(channel, secrets, stored, deadline) : ready(secrets);
    }

    private SessionAnswer refresh(UUID channel, Secrets read, Session session, Deadline deadline) {
        Service service = Credentials.read(read.credentials()).service();
        var call = new Xrpc.Call(session.refreshJwt(), "", List.of(session.accessJwt()));
        return switch (xrpc.call(service, "com.atproto.server.refreshSession", call, deadline)) {
            case NetworkAnswer.Done done -> stored(channel, read, done);
            case NetworkAnswer.Refused refusal
            when XrpcErrors.account(refusal) || refusal.rateLimited() -> refused(refusal);
            case NetworkAnswer.Refused expired -> loginUnlessReplaced(channel, read, deadline);
            case NetworkAnswer.Unclear unclear -> later(unclear);
            case NetworkAnswer.NotSent notSent -> later(notSent);
        };
    }

    /** Another node may have renewed the session: then the refresh token was refused because it is an old one. */
    private SessionAnswer loginUnlessReplaced(UUID channel, Secrets read, Deadline deadline) {
        Secrets now = secrets(channel).orElse(null);
        if (now == null) {
            return new SessionAnswer.Refused(NetworkFailures.channelGone());
        }
        return now.version() != read.version() && now.session() != null ? ready(now) : login(channel, now, deadline);
    }

    private SessionAnswer login(UUID channel, Secrets read, Deadline deadline) {
        Credentials credentials = Credentials.read(read.credentials());
        NetworkAnswer answer =
                login(xrpc, credentials.service(), credentials.did(), credentials.appPassword(), deadline);
        return switch (answer) {
            case NetworkAnswer.Done done -> stored(channel, read, done);
            case NetworkAnswer.Refused refusal -> replaced(channel, read).orElseGet(() -> refused(refusal));
            case NetworkAnswer.Unclear unclear -> later(unclear);
            case NetworkAnswer.NotSent notSent -> later(notSent);
        };
    }

    /** The session of the credentials that somebody gave while the ones before were tried. */
    private Optional<SessionAnswer> replaced(UUID channel, Secrets read) {
        return secrets(channel)
                .filter(now -> now.version() != read.version() && now.session() != null)
                .map(BlueskySessions::ready);
    }

    static NetworkAnswer login(Xrpc xrpc, Service service, String identifier, String password, Deadline deadline) {
        String json = Json.text(Map.of("identifier", identifier, "password", password));
        return xrpc.call(
                service, "com.atproto.server.createSession", new Xrpc.Call(null, json, List.of(password)), deadline);
    }

    private SessionAnswer stored(UUID channel, Secrets read, NetworkAnswer.Done answer) {
        Session session = Session.from(answer).orElse(null);
        if (session == null) {
            return new SessionAnswer.Later(Failures.notASession(), null);
        }
        boolean first = database.write(tx -> store.renew(tx, channel, read.version(), session.json()));
        if (first) {
            return new SessionAnswer.Ready(Credentials.read(read.credentials()).service(), session);
        }
        return secrets(channel)
                .map(BlueskySessions::ready)
                .orElseGet(() -> new SessionAnswer.Refused(NetworkFailures.channelGone()));
    }

    private static SessionAnswer refused(NetworkAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return new SessionAnswer.Later(NetworkFailures.rateLimited(refusal), refusal.retryAfter());
        }
        if (XrpcErrors.account(refusal)) {
            return new SessionAnswer.Refused(Failures.accountGone(refusal));
        }
        return XrpcErrors.login(refusal)
                ? new SessionAnswer.Refused(Failures.loginRefused(refusal))
                : new SessionAnswer.Later(NetworkFailures.unexpected(refusal), null);
    }

    private static SessionAnswer later(NetworkAnswer.Unclear answer) {
        return new SessionAnswer.Later(NetworkFailures.unusable(answer), null);
    }

    private static SessionAnswer later(NetworkAnswer.NotSent answer) {
        return new SessionAnswer.Later(NetworkFailures.notSent(answer), null);
    }

    private Optional<Secrets> secrets(UUID channel) {
        return database.read(tx -> store.find(tx, channel));
    }
}
