package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "3fff::/20, 3fff:fff::1, true",
        "3fff::/20, 3fff:1000::1, false"
    })
    void aBlockContainsExactlyTheAddressesWithItsPrefix(String block, String address, boolean expected) {
        assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "/8",
                "10/8",
                "010.0.0.0/8",
                "fd00::/129",
                "fd00::1/64",
                "localhost/8",
                "10.0.0.0/8/8",
                "fe80::1%1/128",
                "10.0.0.0/0x8"
            })
    void whatIsNotAPlainBlockIsRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aListIsSeparatedByCommasAndMayBeBlank() {
        assertThat(AddressBlock.parseList(" 10.0.0.0/8 ,fd00::/8"))
                .containsExactly(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("fd00::/8"));
        assertThat(AddressBlock.parseList(" ")).isEmpty();
        assertThatThrownBy(() -> AddressBlock.parseList("10.0.0.0/8,")).isInstanceOf(IllegalArgumentException.class);
    }
}
