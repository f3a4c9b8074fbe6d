package io.flowapi.platform.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** What this installation allows beyond the public internet. */
public record GuardPolicy(boolean production, List<AddressBlock> allowedPrivate) {
    private static final Set<Integer> PRODUCTION_PORTS = Set.of(443, 8443);

    public GuardPolicy {
        allowedPrivate = List.copyOf(allowedPrivate);
    }

    public static GuardPolicy production(List<AddressBlock> allowedPrivate) {
        return new GuardPolicy(true, allowedPrivate);
    }

    public static GuardPolicy development(List<AddressBlock> allowedPrivate) {
        return new GuardPolicy(false, allowedPrivate);
    }

    boolean allowsScheme(String scheme) {
        return scheme.equals("https") || (!production && scheme.equals("http"));
    }

    boolean allowsPort(int port) {
        return production ? PRODUCTION_PORTS.contains(port) : port >= 1 && port <= 65_535;
    }

    boolean allowsLocalhost() {
        return !production;
    }

    boolean allowsAddress(InetAddress address) {
        if (PublicInternet.includes(address)) {
            return true;
        }
        if (PublicInternet.neverIncludes(address)) {
            return false;
        }
        return (!production && PublicInternet.isLoopback(address))
                || PublicInternet.anyContains(allowedPrivate, address);
    }
}
