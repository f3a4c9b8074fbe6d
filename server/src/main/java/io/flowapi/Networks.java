package io.flowapi;

import io.flowapi.channels.ChannelConnections;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.channels.WaitingPosts;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.installation.NetworkSettings;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.providers.BreakerMeters;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.CircuitBreakers;
import io.flowapi.providers.GuardedPublisher;
import io.flowapi.providers.MeasuredPublisher;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.PublisherMeters;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.bluesky.BlueskyAccounts;
import io.flowapi.providers.bluesky.BlueskyPublisher;
import io.flowapi.providers.linkedin.LinkedInAccounts;
import io.flowapi.providers.linkedin.LinkedInLogin;
import io.flowapi.providers.linkedin.LinkedInPublisher;
import io.flowapi.providers.mastodon.MastodonAccounts;
import io.flowapi.providers.mastodon.MastodonPublisher;
import io.flowapi.providers.oauth.TokenEndpoint;
import io.flowapi.providers.oauth.TokenSessions;
import io.flowapi.providers.sandbox.SandboxLedger;
import io.flowapi.providers.sandbox.SandboxPublisher;
import io.flowapi.providers.x.XAccounts;
import io.flowapi.providers.x.XApplication;
import io.flowapi.providers.x.XPublisher;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The networks of the process, and the one thing that opens connections to them. Part of the composition root. */
record Networks(
        UrlGuard guard,
        OutgoingHttp outgoing,
        SandboxLedger ledger,
        Publishers publishers,
        ChannelConnections connections,
        ChannelQuotas quotas)
        implements AutoCloseable {

    static Networks open(Config config, Installation flow) {
        UrlGuard guard = new UrlGuard(config.guard(), new DnsLookup());
        OutgoingHttp outgoing = new OutgoingHttp(guard);
        ChannelSecretStore secrets = new ChannelSecretStore(flow.vault());
        SandboxLedger ledger = new SandboxLedger();
        PublisherMeters meters = new PublisherMeters(flow.metrics());
        CircuitBreakers breakers = new CircuitBreakers(flow.clock());
        ChannelQuotas quotas = new ChannelQuotas(flow.background(), flow.clock());
        BreakerMeters.register(flow.metrics(), breakers);
        Database database = flow.background();
        UnaryOperator<Publisher> guarded =
                network -> new GuardedPublisher(new MeasuredPublisher(network, meters), breakers, quotas, database);
        String x = config.x().apiUrl();
        TokenEndpoint xTokens = new TokenEndpoint(
                XApplication.of(
                        x,
                        config.x().authorizeUrl(),
                        config.x().clientId(),
                        config.x().clientSecret()),
                outgoing,
                flow.clock());
        TokenSessions xSessions = new TokenSessions(database, secrets, xTokens, flow.clock());
        Publishers publishers = new Publishers(Stream.of(
                        new SandboxPublisher(database, ledger, flow.ids(), flow.clock()),
                        new BlueskyPublisher(database, secrets, outgoing, flow.clock()),
                        new MastodonPublisher(database, secrets, outgoing, flow.clock()),
                        new XPublisher(x, database, secrets, xSessions, outgoing, flow.clock()),
                        linkedIn(config, flow, secrets, outgoing))
                .map(guarded)
                .toList());
        ChannelConnections connections = new ChannelConnections(
                flow.channels(),
                secrets,
                List.of(
                        new BlueskyAccounts(outgoing, flow.clock()),
                        new MastodonAccounts(outgoing, flow.clock()),
                        new XAccounts(x, outgoing, flow.clock()),
                        new LinkedInAccounts(outgoing, flow.clock(), linkedIn(config))));
        return new Networks(guard, outgoing, ledger, publishers, connections, quotas);
    }

    private static LinkedInPublisher linkedIn(
            Config config, Installation flow, ChannelSecretStore secrets, OutgoingHttp outgoing) {
        NetworkSettings as = config.linkedIn();
        var login = new TokenEndpoint(
                LinkedInLogin.application(as.authorizeUrl(), as.clientId(), as.clientSecret()), outgoing, flow.clock());
        var tokens = new TokenSessions(flow.background(), secrets, login, flow.clock());
        return new LinkedInPublisher(flow.background(), secrets, tokens, outgoing, flow.clock(), linkedIn(config));
    }

    private static LinkedInPublisher.At linkedIn(Config config) {
        return new LinkedInPublisher.At(config.linkedIn().apiUrl(), config.linkedInVersion());
    }

    ChannelsResource.Channels channels(Installation flow, WaitingPosts waiting) {
        return new ChannelsResource.Channels(flow.channels(), ledger, connections, waiting, quotas, publishers);
    }

    @Override
    public void close() {
        outgoing.close();
    }
}
