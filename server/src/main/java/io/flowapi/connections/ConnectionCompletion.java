package io.flowapi.connections;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.Provider;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.channels.ChannelConnections;
import io.flowapi.channels.ChannelConnections.Owned;
import io.flowapi.connections.ConnectionStore.Agreed;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Reply;
import io.flowapi.platform.http.RequestInfo;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.oauth.TokenEndpoint;
import io.flowapi.providers.oauth.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes a channel of what a network gave, and sends the owner back with its id, or with the word for what went wrong. */
public final class ConnectionCompletion {

    private static final Duration EXCHANGE_MAX = Duration.ofSeconds(10);

    private final Database database;
    private final ConnectionStore store;
    private final ChannelConnections channels;
    private final Map<Provider, TokenEndpoint> networks;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Supplier<String> publicUrl;

    public ConnectionCompletion(
            ConfirmationPages.Site site,
            ConnectionStore store,
            ChannelConnections channels,
            Map<Provider, TokenEndpoint> networks,
            AuditLog audit) {
        this.database = site.database();
        this.clock = site.clock();
        this.publicUrl = site.publicUrl();
        this.store = store;
        this.channels = channels;
        this.networks = networks;
        this.audit = audit;
    }

    Set<Provider> networks() {
        return networks.keySet();
    }

    TokenEndpoint network(Provider provider) {
        return networks.get(provider);
    }

    /** Whoever agreed is connected: there is nobody to ask. */
    Reply.Stored withoutNetwork(Connection connection, RequestInfo request) {
        return database.write(tx -> {
            if (!store.end(tx, connection.id())) {
                throw ConfirmationPages.invalid();
            }
            return connected(tx, connection, null, request);
        });
    }

    /** Calls the network; holds no transaction meanwhile. */
    Reply.Stored withCode(Agreed agreed, String code, String path, RequestInfo request) {
        Connection connection = agreed.connection();
        NetworkAnswer answer = network(connection.provider())
                .exchange(code, agreed.verifier().text(), publicUrl.get() + path, Deadline.in(EXCHANGE_MAX));
        return switch (answer) {
            case NetworkAnswer.Done done ->
                Tokens.from(done, clock.instant())
                        .map(tokens -> withTokens(connection, tokens, request))
                        .orElseGet(() -> failed(connection, "provider_error"));
            case NetworkAnswer.Refused refusal when !refusal.rateLimited() -> failed(connection, "provider_error");
            case NetworkAnswer.Refused _, NetworkAnswer.Unclear _, NetworkAnswer.NotSent _ ->
                failed(connection, "provider_unavailable");
        };
    }

    private Reply.Stored withTokens(Connection connection, Tokens tokens, RequestInfo request) {
        Map<String, String> given = Map.of("accessToken", tokens.accessToken());
        return switch (channels.account(connection.provider(), Json.bind(given, ChannelCredentials.class))) {
            case AccountConnection.Refused _ -> failed(connection, "account_refused");
            case AccountConnection.Connected account -> {
                Instant end = tokens.end(network(connection.provider()).application());
                var whole = new AccountConnection.Connected(
                        account.id(), account.name(), account.credentialsJson(), tokens.json(), end);
                yield database.write(tx -> connected(tx, connection, whole, request));
            }
        };
    }

    private Reply.Stored connected(
            Handle tx, Connection of, AccountConnection.@Nullable Connected account, RequestInfo request) {
        var owned = new Owned(of.userId(), of.mode(), TagFreeText.ofName(of.name()), of.provider(), of.channelId());
        return switch (channels.connected(tx, owned, account)) {
            case ChannelConnections.Made.Channel(var id) -> {
                boolean again = of.channelId() != null;
                var origin =
                        new Origin(of.userId(), of.mode(), of.apiKeyId(), "browser", request.address(), request.id());
                Map<String, ?> details = again ? Map.of("fields", List.of("credentials")) : Map.of();
                audit.append(tx, origin, again ? "updateChannel" : "createChannel", Audited.channel(id), details);
                yield ReturnUrl.sendTo(of.returnUrl(), "channelId", id.toString());
            }
            case ChannelConnections.Made.OtherAccount _ -> failed(of, "other_account");
            case ChannelConnections.Made.Gone _ -> failed(of, "channel_gone");
        };
    }

    private static Reply.Stored failed(Connection connection, String word) {
        return ReturnUrl.sendTo(connection.returnUrl(), "error", word);
    }
}
