package io.flowapi.platform.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address written out in its one plain form; every other spelling is refused rather than interpreted. */
public final class AddressLiteral {
    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private AddressLiteral() {}

    public static Optional<InetAddress> parse(String text) {
        return text.contains(":") ? ipv6(text) : ipv4(text);
    }

    /** Java reads 0177.0.0.1 as 177.0.0.1, the C library as 127.0.0.1: only text both read alike is an address. */
    static Optional<InetAddress> ipv4(String text) {
        if (!DOTTED_QUAD.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress decimal = InetAddress.ofLiteral(text);
            return decimal.equals(Inet4Address.ofPosixLiteral(text)) ? Optional.of(decimal) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    static Optional<InetAddress> ipv6(String text) {
        if (!IPV6_CHARACTERS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(sixteenBytes(InetAddress.ofLiteral(text)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Java turns ::ffff:1.2.3.4 into an IPv4 address, which would let an encoding pass as what it encodes. */
    private static InetAddress sixteenBytes(InetAddress address) {
        if (address instanceof Inet6Address) {
            return address;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(address.getAddress(), 0, mapped, 12, 4);
        try {
            return Inet6Address.getByAddress(null, mapped, -1);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
