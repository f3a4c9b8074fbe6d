package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class ClientAddressTest {

    private static final ClientAddress BEHIND_PROXIES =
            new ClientAddress(AddressBlock.parseList("10.0.0.0/8, 2001:db8:1::/48"));

    @Test
    void is_the_peer_when_no_proxy_is_trusted() {
        ClientAddress nobody = new ClientAddress(List.of());

        assertThat(address(nobody, "192.0.2.1", "198.51.100.1")).isEqualTo("192.0.2.1");
        assertThat(address(nobody, "10.0.0.1", "198.51.100.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void is_the_peer_that_is_no_proxy_of_ours_whatever_it_says() {
        assertThat(address(BEHIND_PROXIES, "192.0.2.1", "198.51.100.1")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 198.51.100.1",
                "203.0.113.9, 198.51.100.1 | 198.51.100.1",
                "203.0.113.9, 198.51.100.1, 10.1.1.1,10.2.2.2 | 198.51.100.1",
                "10.3.3.3, 198.51.100.1, 2001:db8:1::5 | 198.51.100.1",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "2001:db8:2::1 | 2001:db8:2:0:0:0:0:1",
            })
    void is_the_right_most_entry_that_is_no_proxy_of_ours(String forwardedFor, String client) {
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", forwardedFor)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.1:4711",
                "[::ffff:198.51.100.1]:4711",
                "[::ffff:198.51.100.1]",
                "::ffff:198.51.100.1",
                "::FFFF:C633:6401",
                "  198.51.100.1\t"
            })
    void has_one_form_with_or_without_a_port_as_ipv4_or_as_ipv6(String entry) {
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", entry)).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "proxy.example.com",
                "198.51.100",
                "0198.51.100.1",
                "198.51.100.256",
                "198.51.100.1:",
                "198.51.100.1:123456",
                "[198.51.100.1]",
                "[2001:db8:2::1",
                "[2001:db8:2::1]x",
                "fe80::1%eth0",
                "\"198.51.100.1\"",
                "for=198.51.100.1",
                "198.51.100.1 10.1.1.1",
                "\u001b[31m198.51.100.1"
            })
    void stops_at_what_is_no_address(String malformed) {
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", malformed)).isEqualTo("10.0.0.1");
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", "203.0.113.9, " + malformed + ", 10.1.1.1"))
                .isEqualTo("10.1.1.1");
    }

    @Test
    void reads_several_lines_as_one() {
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", "203.0.113.9", "198.51.100.1", "10.1.1.1"))
                .isEqualTo("198.51.100.1");
        assertThat(address(BEHIND_PROXIES, "10.0.0.1", "203.0.113.9, 198.51.100.1", "10.1.1.1, 10.2.2.2"))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void knows_a_proxy_that_comes_as_ipv4_in_ipv6() {
        assertThat(address(BEHIND_PROXIES, "::ffff:10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
    }

    private static String address(ClientAddress clients, String peer, String... forwardedFor) {
        return clients.of(InetAddress.ofLiteral(peer), List.of(forwardedFor));
    }
}
