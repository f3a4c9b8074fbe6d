package io.flowapi.platform.net;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** What the guard says of a URL. */
public sealed interface Verdict {

    /**
     * @param host what is dialled: lower case, without brackets and without a final dot
     * @param addresses the only addresses that may be connected to; empty while a name has not been asked for
     */
    record Allowed(URI uri, String host, int port, List<InetAddress> addresses) implements Verdict {
        public Allowed {
            addresses = List.copyOf(addresses);
        }

        Allowed at(List<InetAddress> resolved) {
            return new Allowed(uri, host, port, resolved);
        }
    }

    record Denied(Denial reason) implements Verdict {}
}
