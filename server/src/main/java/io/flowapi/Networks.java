package io.flowapi;

import io.flowapi.api.model.Provider;
import io.flowapi.channels.ChannelConnections;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.channels.CredentialsExpiry;
import io.flowapi.channels.VersionSunsets;
import io.flowapi.channels.WaitingPosts;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
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
import io.flowapi.providers.linkedin.LinkedInPublisher;
import io.flowapi.providers.mastodon.MastodonAccounts;
import io.flowapi.providers.mastodon.MastodonPublisher;
import io.flowapi.providers.oauth.RevocationStore;
import io.flowapi.providers.oauth.Revocations;
import io.flowapi.providers.oauth.TokenEndpoint;
import io.flowapi.providers.oauth.TokenSessions;
import io.flowapi.providers.sandbox.SandboxLedger;
import io.flowapi.providers.sandbox.SandboxPublisher;
import io.flowapi.providers.x.XAccounts;
import io.flowapi.providers.x.XPublisher;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The networks of the process, and the one thing that opens connections to them. Part of the composition root. */
record Networks(
        UrlGuard guard,
        OutgoingHttp outgoing,
        SandboxLedger ledger,
        Publishers publishers,
        ChannelConnections connections,
        Map<Provider, TokenEndpoint> applications,
        List<TokenSessions> sessions,
        CredentialsExpiry expiry,
        Revocations revocations,
        VersionSunsets sunsets,
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
        Map<Provider, TokenEndpoint> applications = Applications.of(config, outgoing, flow.clock());
        TokenSessions xSessions = new TokenSessions(database, secrets, applications.get(Provider.X), flow.clock());
        LinkedInPublisher.At linkedIn =
                new LinkedInPublisher.At(config.linkedIn().apiUrl(), config.linkedInVersion());
        TokenSessions linkedInSessions =
                new TokenSessions(database, secrets, applications.get(Provider.LINKEDIN), flow.clock());
        Publishers publishers = new Publishers(Stream.of(
                        new SandboxPublisher(database, ledger, flow.ids(), flow.clock()),
                        new BlueskyPublisher(database, secrets, outgoing, flow.clock()),
                        new MastodonPublisher(database, secrets, outgoing, flow.clock()),
                        new XPublisher(x, database, secrets, xSessions, outgoing, flow.clock()),
                        new LinkedInPublisher(database, secrets, linkedInSessions, outgoing, flow.clock(), linkedIn))
                .map(guarded)
                .toList());
        JobQueue queue = new JobQueue(flow.ids());
        CredentialsExpiry expiry = new CredentialsExpiry(database, queue, flow.channels(), flow.clock());
        Revocations revocations = new Revocations(
                database, queue, secrets, new RevocationStore(flow.vault()), applications, flow.ids(), flow.clock());
        ChannelConnections connections = new ChannelConnections(
                flow.channels(),
                secrets,
                expiry,
                List.of(
                        new BlueskyAccounts(outgoing, flow.clock()),
                        new MastodonAccounts(outgoing, flow.clock()),
                        new XAccounts(x, applications.get(Provider.X).application(), outgoing, flow.clock()),
                        new LinkedInAccounts(
                                linkedIn, applications.get(Provider.LINKEDIN).application(), outgoing, flow.clock())));
        VersionSunsets sunsets =
                new VersionSunsets(database, queue, flow.clock(), flow.ids(), flow.events(), config.linkedInVersion());
        return new Networks(
                guard,
                outgoing,
                ledger,
                publishers,
                connections,
                applications,
                List.of(xSessions, linkedInSessions),
                expiry,
                revocations,
                sunsets,
                quotas);
    }

    /** What is to be done for channels beside their posts. */
    List<Job> jobs() {
        return List.of(expiry, revocations, sunsets);
    }

    ChannelsResource.Channels channels(Installation flow, WaitingPosts waiting) {
        return new ChannelsResource.Channels(
                flow.channels(), ledger, connections, waiting, revocations, quotas, publishers);
    }

    @Override
    public void close() {
        sessions.forEach(TokenSessions::close);
        outgoing.close();
    }
}
