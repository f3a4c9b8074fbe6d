package io.flowapi.platform.http;

import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.AddressLiteral;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose request it is: the other side of the connection or, where that is a trusted proxy, the one that the proxies say they
 * had it from. Each proxy adds at the right what it saw, so the right-most entry that is not a proxy of ours is the last that
 * is true; what stands left of it is whatever the client wrote.
 *
 * @param trustedProxies empty: nobody is believed
 */
public record ClientAddress(List<AddressBlock> trustedProxies) {

    private static final Pattern WITH_PORT =
            Pattern.compile("\\[(?<bracketed>[^\\]]*:[^\\]]*)\\](:[0-9]{1,5})?|(?<plain>[0-9.]+):[0-9]{1,5}");

    /** An IP address, never a name; empty for what is no connection of IP. */
    String of(PeerInfo peer, Headers headers) {
        return peer.address() instanceof InetSocketAddress socket
                ? of(socket.getAddress(), headers.all(HeaderNames.X_FORWARDED_FOR, List::of))
                : "";
    }

    /** @param forwardedFor the lines of X-Forwarded-For in their order */
    String of(InetAddress peer, List<String> forwardedFor) {
        List<String> entries = List.of(String.join(",", forwardedFor).split(",", -1));
        InetAddress client = plain(peer);
        for (String entry : entries.reversed()) {
            Optional<InetAddress> before = isTrusted(client) ? parse(entry.strip()) : Optional.empty();
            if (before.isEmpty()) {
                return client.getHostAddress();
            }
            client = before.get();
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(block -> block.contains(address));
    }

    private static Optional<InetAddress> parse(String entry) {
        Matcher form = WITH_PORT.matcher(entry);
        if (!form.matches()) {
            return AddressLiteral.parse(entry).map(ClientAddress::plain);
        }
        String bracketed = form.group("bracketed");
        return AddressLiteral.parse(bracketed == null ? form.group("plain") : bracketed)
                .map(ClientAddress::plain);
    }

    /** One form for one address: without a zone, and IPv4 that was written as IPv6 as IPv4. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
