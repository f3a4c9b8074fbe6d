package io.flowapi;

import io.flowapi.channels.ChannelConnections;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.channels.WaitingPosts;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
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
import io.flowapi.providers.mastodon.MastodonAccounts;
import io.flowapi.providers.mastodon.MastodonPublisher;
import io.flowapi.providers.sandbox.SandboxLedger;
import io.flowapi.providers.sandbox.SandboxPublisher;
import java.util.List;

/** The networks of the process, and the one thing that opens connections to them. Part of the composition root. */
record Networks(
        OutgoingHttp outgoing,
        SandboxLedger ledger,
        Publishers publishers,
        ChannelConnections connections,
        ChannelQuotas quotas)
        implements AutoCloseable {

    static Networks open(Config config, Installation flow) {
        OutgoingHttp outgoing = new OutgoingHttp(new UrlGuard(config.guard(), new DnsLookup()));
        ChannelSecretStore secrets = new ChannelSecretStore(flow.vault());
        SandboxLedger ledger = new SandboxLedger();
        PublisherMeters meters = new PublisherMeters(flow.metrics());
        CircuitBreakers breakers = new CircuitBreakers(flow.clock());
        ChannelQuotas quotas = new ChannelQuotas(flow.background(), flow.clock());
        BreakerMeters.register(flow.metrics(), breakers);
        Publishers publishers = new Publishers(List.of(
                guarded(
                        new SandboxPublisher(flow.background(), ledger, flow.ids(), flow.clock()),
                        meters,
                        breakers,
                        quotas),
                guarded(
                        new BlueskyPublisher(flow.background(), secrets, outgoing, flow.clock()),
                        meters,
                        breakers,
                        quotas),
                guarded(
                        new MastodonPublisher(flow.background(), secrets, outgoing, flow.clock()),
                        meters,
                        breakers,
                        quotas)));
        ChannelConnections connections = new ChannelConnections(
                flow.channels(),
                secrets,
                new BlueskyAccounts(outgoing, flow.clock()),
                new MastodonAccounts(outgoing, flow.clock()));
        return new Networks(outgoing, ledger, publishers, connections, quotas);
    }

    private static Publisher guarded(
            Publisher network, PublisherMeters meters, CircuitBreakers breakers, ChannelQuotas quotas) {
        return new GuardedPublisher(new MeasuredPublisher(network, meters), breakers, quotas);
    }

    ChannelsResource.Channels channels(Installation flow, WaitingPosts waiting) {
        return new ChannelsResource.Channels(flow.channels(), ledger, connections, waiting, quotas);
    }

    @Override
    public void close() {
        outgoing.close();
    }
}
