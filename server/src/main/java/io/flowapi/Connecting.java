package io.flowapi;

import io.flowapi.connections.Callback;
import io.flowapi.connections.ConfirmationPages;
import io.flowapi.connections.ConnectionCompletion;
import io.flowapi.connections.ConnectionRules;
import io.flowapi.connections.ConnectionStore;
import io.flowapi.connections.ConnectionsResource;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.WebPage;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Accounts that their owners connect in a browser. Part of the composition root. */
record Connecting(ConnectionsResource resource, List<WebPage> pages) {

    static Connecting of(
            Config config, Installation flow, Networks networks, Idempotency idempotency, Supplier<String> publicUrl) {
        ConnectionStore store = new ConnectionStore(flow.vault());
        var site = new ConfirmationPages.Site(flow.database(), flow.clock(), config.production(), publicUrl);
        var completion =
                new ConnectionCompletion(site, store, networks.connections(), networks.applications(), flow.audit());
        var resource = new ConnectionsResource(
                idempotency,
                flow.audit(),
                store,
                new ConnectionRules(flow.channels(), networks.applications(), config.returns()),
                new ConnectionsResource.Surroundings(flow.ids(), flow.clock(), publicUrl));
        return new Connecting(
                resource,
                Stream.concat(
                                new ConfirmationPages(site, store, flow.users(), completion).pages().stream(),
                                new Callback(site, store, completion).pages().stream())
                        .toList());
    }
}
