package io.flowapi.platform.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are the public internet. For IPv6 the one block that is handed out is allowed and its special parts
 * are taken away again: a list of forbidden encodings of IPv4 always misses one.
 */
final class PublicInternet {
    static final List<AddressBlock> NOT_PUBLIC_IPV4 = AddressBlock.parseList("""
            0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24,
            192.0.2.0/24, 192.31.196.0/24, 192.52.193.0/24, 192.88.99.0/24, 192.168.0.0/16, 192.175.48.0/24,
            198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4, 168.63.129.16/32""");

    static final AddressBlock GLOBAL_IPV6 = AddressBlock.parse("2000::/3");

    static final List<AddressBlock> NOT_PUBLIC_IPV6 =
            AddressBlock.parseList("2001::/23, 2001:db8::/32, 2002::/16, 3fff::/20, 2620:4f:8000::/48");

    /** Cloud metadata services and addresses of no single host: no setting opens these. */
    static final List<AddressBlock> NEVER = AddressBlock.parseList("""
            0.0.0.0/8, 169.254.0.0/16, 100.100.100.200/32, 168.63.129.16/32, 192.0.0.192/32, 224.0.0.0/4, 240.0.0.0/4,
            ::/128, ff00::/8, fd00:ec2::254/128, fd00:ec2::23/128, fd20:ce::254/128""");

    private static final List<AddressBlock> LOOPBACK = AddressBlock.parseList("127.0.0.0/8, ::1/128");

    private PublicInternet() {}

    static boolean includes(InetAddress address) {
        return address instanceof Inet4Address
                ? !anyContains(NOT_PUBLIC_IPV4, address)
                : GLOBAL_IPV6.contains(address) && !anyContains(NOT_PUBLIC_IPV6, address) && !isIsatap(address);
    }

    /** ISATAP carries an IPv4 address under any prefix, so no block covers it; nothing public uses it any more. */
    private static boolean isIsatap(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
    }

    static boolean neverIncludes(InetAddress address) {
        return anyContains(NEVER, address);
    }

    static boolean isLoopback(InetAddress address) {
        return anyContains(LOOPBACK, address);
    }

    static boolean anyContains(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
