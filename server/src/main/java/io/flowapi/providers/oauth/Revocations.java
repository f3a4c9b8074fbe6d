package io.flowapi.providers.oauth;

import static java.util.stream.Collectors.toSet;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.platform.jobs.Work;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.oauth.RevocationStore.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Gives back to a network what its owner let us in with, when the channel is deleted. As well as it can be done: nobody
 * waits for it, and after a day it is left.
 */
public final class Revocations implements Job {

    private static final String KIND = "revoke_tokens";

    private static final Duration CALLS_MAX = Duration.ofSeconds(20);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(10);
    private static final Duration TRIED_FOR = Duration.ofDays(1);

    private final Database database;
    private final JobQueue queue;
    private final ChannelSecretStore secrets;
    private final RevocationStore store;
    private final Map<Provider, TokenEndpoint> networks;
    private final Ids ids;
    private final InstantSource clock;

    public Revocations(
            Database database,
            JobQueue queue,
            ChannelSecretStore secrets,
            RevocationStore store,
            Map<Provider, TokenEndpoint> networks,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.secrets = secrets;
        this.store = store;
        this.networks = networks;
        this.ids = ids;
        this.clock = clock;
    }

    /** Before the channel is deleted, in the same transaction; nothing where the network does not know us. */
    public void plan(Handle tx, Channel channel) {
        Provider provider = channel.provider();
        TokenEndpoint network = networks.get(provider);
        String session = secrets.find(tx, channel.id())
                .map(ChannelSecretStore.Secrets::session)
                .orElse(null);
        if (network == null || !network.usable() || session == null) {
            return;
        }
        Instant now = clock.instant();
        var revocation = new Revocation(ids.next(), provider, channel.accountId(), Tokens.read(session), now);
        store.insert(tx, revocation);
        // In the lane of the network, so that one that hangs holds up no other.
        queue.enqueue(tx, new Work(KIND, revocation.id().toString(), provider.value(), Priority.BACKGROUND), now);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<String> lanes() {
        return networks.keySet().stream().map(Provider::value).collect(toSet());
    }

    @Override
    public void run(Claim claim) {
        UUID id = UUID.fromString(claim.subject());
        Revocation revocation =
                database.read(tx -> store.find(tx, id)).orElseThrow(() -> new IllegalStateException("no revocation"));
        Instant now = clock.instant();
        // A network may end with one of its tokens all that an account has given: what has been given since is in use.
        boolean over = !now.isBefore(revocation.createdAt().plus(TRIED_FOR))
                || database.read(tx -> store.isAccountConnected(tx, revocation));
        if (!over && !givenBack(revocation)) {
            database.write(tx -> {
                queue.reschedule(tx, claim, now.plus(TRY_AGAIN));
                return null;
            });
            return;
        }
        database.write(tx -> {
            store.delete(tx, id);
            queue.complete(tx, claim);
            return null;
        });
    }

    /** Both, for not every network ends one with the other. A refusal is an end too: the token may be over long since. */
    private boolean givenBack(Revocation revocation) {
        TokenEndpoint network = networks.get(revocation.provider());
        Deadline deadline = Deadline.in(CALLS_MAX);
        return !network.usable()
                || Stream.of(
                                revocation.tokens().refreshToken(),
                                revocation.tokens().accessToken())
                        .filter(token -> token != null)
                        .map(token -> network.revoke(token, deadline))
                        .allMatch(Revocations::isEnd);
    }

    private static boolean isEnd(NetworkAnswer answer) {
        return answer instanceof NetworkAnswer.Done
                || answer instanceof NetworkAnswer.Refused refusal && !refusal.rateLimited();
    }

    @Override
    public void gaveUp(Handle tx, Claim claim) {
        store.delete(tx, UUID.fromString(claim.subject()));
    }
}
