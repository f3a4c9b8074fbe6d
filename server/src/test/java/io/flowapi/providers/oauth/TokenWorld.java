package io.flowapi.providers.oauth;

import com.sun.net.httpserver.HttpHandler;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.providers.Deadline;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A channel with tokens, in the database of a server, and the authorization server that gave them. */
final class TokenWorld implements AutoCloseable {

    static final Duration LIFE = Duration.ofHours(2);

    final FakeOAuth network;
    final UUID channel;
    final TokenSessions sessions;
    private final Flow flow;
    private final OutgoingHttp http =
            new OutgoingHttp(new UrlGuard(GuardPolicy.development(List.of()), new DnsLookup()));

    TokenWorld(Flow flow) {
        this.flow = flow;
        Map<String, HttpHandler> nothing = Map.of();
        network = new FakeOAuth(flow.clock(), FakeOAuth.Endpoints.X).start(nothing);
        FakeOAuth.Granted granted = network.grant("alice");
        channel = channelWith(new Tokens(
                granted.accessToken(),
                granted.refreshToken(),
                flow.clock().instant().plus(LIFE)));
        sessions = sessions(flow.installation());
    }

    UUID channelWith(Tokens tokens) {
        Installation installation = flow.installation();
        UUID user = flow.user().account().id();
        return installation.database().write(tx -> {
            UUID id = installation
                    .channels()
                    .create(tx, user, Mode.LIVE, TagFreeText.ofName("Alice"), Provider.SANDBOX, "1", "alice")
                    .id();
            store(installation).insert(tx, id, "{}", tokens.json());
            return id;
        });
    }

    /** As another process on the same database has them. */
    TokenSessions sessions(Installation node) {
        return sessions(node, FakeOAuth.CLIENT_ID);
    }

    TokenSessions sessions(Installation node, @Nullable String clientId) {
        var application = new OAuthApplication(
                Provider.SANDBOX,
                network.url() + FakeOAuth.Endpoints.X.authorize(),
                network.url() + FakeOAuth.Endpoints.X.token(),
                network.url() + FakeOAuth.Endpoints.X.revoke(),
                "",
                clientId,
                clientId == null ? null : FakeOAuth.CLIENT_SECRET,
                OAuthApplication.SecretIn.BASIC);
        var endpoint = new TokenEndpoint(application, http, flow.clock());
        return new TokenSessions(node.background(), store(node), endpoint, flow.clock());
    }

    private static ChannelSecretStore store(Installation node) {
        return new ChannelSecretStore(node.vault());
    }

    /** As the database has it. */
    Tokens stored() {
        Installation node = flow.installation();
        Secrets secrets =
                node.database().read(tx -> store(node).find(tx, channel)).orElseThrow();
        return Tokens.read(secrets.session());
    }

    /** What the channel's owner gives it. */
    void given(Tokens tokens) {
        Installation node = flow.installation();
        node.database().write(tx -> {
            store(node).replace(tx, channel, "{}", tokens.json());
            return null;
        });
    }

    /** Whether somebody is renewing the tokens now. */
    boolean beingRenewed() {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select renewing_until from channel_secrets where channel_id = :channel")
                        .bind("channel", channel)
                        .map(row -> row.getColumn("renewing_until", Instant.class) != null)
                        .one());
    }

    void execute(String sql) {
        flow.installation().database().write(tx -> tx.execute(sql));
    }

    TokenAnswer current() {
        return sessions.current(channel, Deadline.in(Duration.ofSeconds(30)));
    }

    @Override
    public void close() {
        network.close();
        http.close();
    }
}
