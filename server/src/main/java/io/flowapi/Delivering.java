package io.flowapi;

import io.flowapi.installation.Installation;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.webhooks.Deliverer;

/** Events, on their way to webhooks. Part of the composition root. */
final class Delivering {

    private Delivering() {}

    /** It asks for names on threads of its own: receivers whose names hang must not hold up the networks of the posts. */
    static Deliverer of(Installation flow, GuardPolicy policy, FaultReports faults) {
        UrlGuard guard = new UrlGuard(policy, new DnsLookup());
        Deliverer.Surroundings around = new Deliverer.Surroundings(
                flow.background(), flow.events(), flow.vault(), flow.ids(), flow.clock(), flow.metrics());
        return Deliverer.of(around, guard, faults);
    }

    /** Both at the same time: each may wait for what is under way. */
    static void stop(Publishing publishing, Deliverer deliverer) {
        Thread delivering = Thread.ofVirtual().start(deliverer::close);
        publishing.close();
        try {
            delivering.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
