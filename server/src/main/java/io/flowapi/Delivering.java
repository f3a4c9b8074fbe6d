package io.flowapi;

import io.flowapi.installation.Installation;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.webhooks.Deliverer;

/** Events, on their way to webhooks. Part of the composition root. */
final class Delivering {

    private Delivering() {}

    static Deliverer of(Installation flow, UrlGuard guard, FaultReports faults) {
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
