package io.flowapi.platform.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A CIDR block. IPv4 and IPv6 never match each other: an address is compared only with blocks of its own length. */
public record AddressBlock(InetAddress base, int prefixBits) {

    public AddressBlock {
        int addressBits = base.getAddress().length * Byte.SIZE;
        if (prefixBits < 0 || prefixBits > addressBits) {
            throw new IllegalArgumentException("The prefix length must be from 0 to " + addressBits + ".");
        }
        if (hasBitsAfter(base, prefixBits)) {
            throw new IllegalArgumentException(
                    base.getHostAddress() + "/" + prefixBits + " has bits set after its prefix.");
        }
    }

    public static AddressBlock parse(String cidr) {
        String[] parts = cidr.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + cidr + "' is not of the form ADDRESS/BITS.");
        }
        InetAddress base = AddressLiteral.parse(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("'" + parts[0] + "' is not an IP address."));
        return new AddressBlock(base, Integer.parseInt(parts[1]));
    }

    /** Reads the comma-separated form of settings such as FLOW_ALLOWED_PRIVATE_CIDRS; blank text is no blocks. */
    public static List<AddressBlock> parseList(String commaSeparated) {
        if (commaSeparated.isBlank()) {
            return List.of();
        }
        return Arrays.stream(commaSeparated.split(",", -1))
                .map(String::strip)
                .map(AddressBlock::parse)
                .toList();
    }

    public boolean contains(InetAddress address) {
        return startsWith(address.getAddress(), base.getAddress(), prefixBits);
    }

    private static boolean startsWith(byte[] address, byte[] prefix, int bits) {
        if (address.length != prefix.length) {
            return false;
        }
        int wholeBytes = bits / Byte.SIZE;
        if (!Arrays.equals(address, 0, wholeBytes, prefix, 0, wholeBytes)) {
            return false;
        }
        int restBits = bits % Byte.SIZE;
        return restBits == 0 || ((address[wholeBytes] ^ prefix[wholeBytes]) & 0xff) >> (Byte.SIZE - restBits) == 0;
    }

    private static boolean hasBitsAfter(InetAddress base, int prefixBits) {
        byte[] bytes = base.getAddress();
        for (int bit = prefixBits; bit < bytes.length * Byte.SIZE; bit++) {
            if ((bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1) {
                return true;
            }
        }
        return false;
    }
}
