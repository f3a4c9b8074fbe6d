package io.flowapi.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Gives the connection the addresses that were vetted, so that DNS is not asked a second time. */
record VettedAddresses(Verdict.Allowed target) implements DnsResolver {
    private static final int ADDRESSES_TRIED_MAX = 4;

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (!host.equals(target.host())) {
            throw new UnknownHostException(host);
        }
        return target.addresses().stream().limit(count()).toArray(InetAddress[]::new);
    }

    int count() {
        return Math.min(target.addresses().size(), ADDRESSES_TRIED_MAX);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
