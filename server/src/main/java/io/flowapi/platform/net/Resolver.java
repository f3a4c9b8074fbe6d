package io.flowapi.platform.net;

import java.net.InetAddress;
import java.util.List;

/** Turns a host name into addresses; it answers within a time it knows, and an empty list says there is no answer. */
public interface Resolver {
    /** @throws LookupsBusyException when the name could not be asked for in that time */
    List<InetAddress> addressesOf(String name);
}
