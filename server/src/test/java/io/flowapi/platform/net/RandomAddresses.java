package io.flowapi.platform.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Addresses for property tests; the seed is part of every failure message. */
record RandomAddresses(Random random, long seed) {
    /** Where an encoding of IPv4 stands in IPv6: the bytes before it and the bytes after it. */
    record Encoding(String name, String before, String after) {}

    static final List<Encoding> ENCODINGS = List.of(
            new Encoding("mapped", "00000000000000000000ffff", ""),
            new Encoding("compatible", "000000000000000000000000", ""),
            new Encoding("translated", "0000000000000000ffff0000", ""),
            new Encoding("NAT64", "0064ff9b0000000000000000", ""),
            new Encoding("local NAT64", "0064ff9b0001000000000000", ""),
            new Encoding("6to4", "2002", "00000000000000000000"),
            new Encoding("6to4 with host", "2002", "0001020304050607ffff"),
            new Encoding("Teredo client", "20010000414141410000ffff", ""),
            new Encoding("ISATAP without prefix", "000000000000000000005efe", ""),
            new Encoding("ISATAP link-local", "fe8000000000000000005efe", ""),
            new Encoding("ISATAP global", "20014860486000000200" + "5efe", ""),
            new Encoding("ISATAP global private bit", "20014860486000000000" + "5efe", ""));

    static RandomAddresses seeded(long seed) {
        return new RandomAddresses(new Random(seed), seed);
    }

    InetAddress in(AddressBlock block) {
        byte[] bytes = block.base().getAddress();
        for (int bit = block.prefixBits(); bit < bytes.length * 8; bit++) {
            if (random.nextBoolean()) {
                bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
            }
        }
        return address(bytes);
    }

    static InetAddress last(AddressBlock block) {
        byte[] bytes = block.base().getAddress();
        for (int bit = block.prefixBits(); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return address(bytes);
    }

    static InetAddress neighbour(InetAddress address, int step) {
        byte[] bytes = address.getAddress();
        int carry = step;
        for (int i = bytes.length - 1; i >= 0 && carry != 0; i--) {
            int sum = (bytes[i] & 0xff) + carry;
            bytes[i] = (byte) sum;
            carry = sum < 0 ? -1 : sum >> 8;
        }
        return address(bytes);
    }

    static InetAddress encoded(Encoding encoding, InetAddress ipv4) {
        String hex = encoding.before() + HexFormat.of().formatHex(ipv4.getAddress()) + encoding.after();
        return address(HexFormat.of().parseHex(hex));
    }

    static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
