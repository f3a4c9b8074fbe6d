package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardPolicyTest {
    private static final long SEED = 20_261_101L;
    private static final GuardPolicy PRODUCTION = GuardPolicy.production(List.of());
    private static final GuardPolicy DEVELOPMENT = GuardPolicy.development(List.of());

    static Stream<AddressBlock> closedBlocks() {
        Stream<AddressBlock> outsideGlobal = AddressBlock.parseList("""
                        ::/96, ::ffff:0:0/96, ::ffff:0:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48, 100::/64, 5f00::/16,
                        4000::/2, 8000::/1, fc00::/7, fe80::/10, fec0::/10, ff00::/8, 2001::/32, 2001:2::/48""").stream();
        return Stream.of(
                        PublicInternet.NOT_PUBLIC_IPV4.stream(), PublicInternet.NOT_PUBLIC_IPV6.stream(), outsideGlobal)
                .flatMap(blocks -> blocks);
    }

    @ParameterizedTest
    @MethodSource("closedBlocks")
    void everyAddressOfAClosedBlockIsForbidden(AddressBlock block) {
        RandomAddresses addresses = RandomAddresses.seeded(SEED);

        Stream<InetAddress> inside = Stream.concat(
                Stream.of(block.base(), RandomAddresses.last(block)),
                IntStream.range(0, 300).mapToObj(i -> addresses.in(block)));

        assertThat(inside).as("%s, seed %d", block, SEED).noneMatch(PRODUCTION::allowsAddress);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.88.99.0/24",
                "192.168.0.0/16", "198.18.0.0/15", "168.63.129.16/32", "2001:db8::/32", "2002::/16", "3fff::/20"
            })
    void theNeighboursOfAClosedBlockAreOpen(String cidr) {
        AddressBlock block = AddressBlock.parse(cidr);

        assertThat(List.of(
                        RandomAddresses.neighbour(block.base(), -1),
                        RandomAddresses.neighbour(RandomAddresses.last(block), 1)))
                .allMatch(PRODUCTION::allowsAddress);
    }

    @Test
    void noEncodingOfAnIpv4AddressIsMorePermissiveThanTheAddress() {
        RandomAddresses addresses = RandomAddresses.seeded(SEED);
        AddressBlock everything = AddressBlock.parse("0.0.0.0/0");
        Stream<InetAddress> samples = Stream.concat(
                PublicInternet.NOT_PUBLIC_IPV4.stream().map(addresses::in),
                IntStream.range(0, 500).mapToObj(i -> addresses.in(everything)));

        samples.forEach(ipv4 -> assertThat(
                        RandomAddresses.ENCODINGS.stream().map(encoding -> RandomAddresses.encoded(encoding, ipv4)))
                .as("%s, seed %d", ipv4, SEED)
                .noneMatch(address -> PRODUCTION.allowsAddress(address) || DEVELOPMENT.allowsAddress(address)));
    }

    @Test
    void hundredsOfPublicAddressesAreAllowed() {
        RandomAddresses addresses = RandomAddresses.seeded(SEED);
        List<AddressBlock> open = AddressBlock.parseList("""
                1.0.0.0/8, 8.0.0.0/8, 9.0.0.0/8, 11.0.0.0/8, 93.184.216.0/24, 128.0.0.0/10, 151.101.0.0/16, 185.0.0.0/8,
                2001:4860::/33, 2400::/12, 2606:4700::/33, 2a00::/12""");

        assertThat(IntStream.range(0, 600).mapToObj(i -> addresses.in(open.get(i % open.size()))))
                .as("seed %d", SEED)
                .allMatch(PRODUCTION::allowsAddress);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "0.0.0.0",
                "255.255.255.255",
                "::"
            })
    void noSettingOpensMetadataServices(String address) {
        GuardPolicy open = GuardPolicy.development(AddressBlock.parseList("0.0.0.0/0, ::/0"));

        assertThat(open.allowsAddress(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void anAllowedBlockIsOpenAndNothingBesideIt() {
        GuardPolicy policy = GuardPolicy.production(AddressBlock.parseList("10.1.0.0/16, fd12::/16"));

        assertThat(Stream.of("10.1.2.3", "fd12::1").map(InetAddress::ofLiteral)).allMatch(policy::allowsAddress);
        assertThat(Stream.of("10.2.0.1", "fd13::1", "127.0.0.1").map(InetAddress::ofLiteral))
                .noneMatch(policy::allowsAddress);
    }

    @Test
    void developmentOpensLoopbackAndNoOtherPrivateAddress() {
        assertThat(Stream.of("127.0.0.1", "127.8.9.10", "::1").map(InetAddress::ofLiteral))
                .allMatch(DEVELOPMENT::allowsAddress)
                .noneMatch(PRODUCTION::allowsAddress);
        assertThat(Stream.of("10.0.0.1", "192.168.1.1", "172.17.0.1", "fd00::1", "fe80::1")
                        .map(InetAddress::ofLiteral))
                .noneMatch(DEVELOPMENT::allowsAddress);
    }
}
