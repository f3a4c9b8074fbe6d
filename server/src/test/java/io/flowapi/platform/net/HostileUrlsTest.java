package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.Verdict.Denied;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name here would resolve to a public address: only the spelling can be the reason for the refusal. */
class HostileUrlsTest {
    private final UrlGuard guard = new UrlGuard(
            GuardPolicy.production(List.of()), new FixedAnswers(List.of(InetAddress.ofLiteral("93.184.216.34"))));

    private static final String HOSTS = """
            2130706433
            0x7f000001
            0X7F000001
            017700000001
            0177.0.0.1
            0x7f.0.0.1
            0x7f.1
            127.0.0.0x1
            127.1
            127.0.1
            127
            0
            0.0.0.0
            127.0.0.1
            127.0.0.1.
            127.0.0.1..
            127.0.0.01
            127.0.0.001
            127.0.0.1.1
            127.0.0.256
            256.0.0.1
            8.8.8.8.
            08.8.8.8
            1.2.3.4.5
            1.2.3
            00000000.0.0.0
            127.0.0.1:8443.
            example.com.127
            example.0x7f
            ①②⑦.⓪.⓪.①
            １２７.０.０.１
            127。0。0。1
            localhost
            LOCALHOST
            LocalHost.
            localhost..
            foo.localhost
            FOO.LOCALHOST.
            localhost.localdomain
            ip6-localhost
            ip6-loopback
            kubernetes
            kubernetes.default.svc
            kubernetes.default.svc.cluster.local
            printer.local
            PRINTER.LOCAL.
            metadata.google.internal
            Metadata.Google.Internal.
            metadata
            instance-data
            instance-data.ec2.internal
            host.docker.internal
            gateway.docker.internal
            router.home.arpa
            com
            com.
            .
            ..
            .example.com
            example..com
            -example.com
            example-.com
            foo_bar.example.com
            ex*mple.com
            example.com,evil.com
            example.com;evil.com
            example.com!
            %6cocalhost
            %31%32%37.0.0.1
            127.0.0.1%00.example.com
            example%2ecom
            example.com%2f@evil.com
            example.com%00
            example.com%09
            user@example.com
            user:password@example.com
            :@example.com
            @example.com
            example.com@127.0.0.1
            8.8.8.8@127.0.0.1
            127.0.0.1@example.com
            example.com:443@127.0.0.1
            example.com\\@127.0.0.1
            \\example.com
            example.com\\.evil.com
            bücher.example
            еxample.com
            example．com
            example.com\u200b
            ex\u00adample.com
            exam ple.com
            example.com:
            example.com:0
            example.com:00443
            example.com:+443
            example.com:-443
            example.com:80
            example.com:22
            example.com:8080
            example.com:65536
            example.com:65979
            example.com:4294967739
            example.com:443:443
            example.com:443x
            example.com:４４３
            [::]
            [::1]
            [0:0:0:0:0:0:0:1]
            [0000:0000:0000:0000:0000:0000:0000:0001]
            [::127.0.0.1]
            [::7f00:1]
            [::ffff:127.0.0.1]
            [::FFFF:7F00:1]
            [::ffff:8.8.8.8]
            [::ffff:0:7f00:1]
            [::5efe:7f00:1]
            [64:ff9b::7f00:1]
            [64:ff9b::127.0.0.1]
            [64:ff9b:1::7f00:1]
            [2002:7f00:1::]
            [2001::7f00:1]
            [2001:db8::1]
            [3fff::1]
            [fe80::1]
            [fe80::1%eth0]
            [fe80::1%25eth0]
            [2606:4700::1111%25eth0]
            [2606:4700::1111%1]
            [fec0::1]
            [fc00::1]
            [fd00:ec2::254]
            [ff02::1]
            [::1].example.com
            [::1
            ::1
            []
            [8.8.8.8]
            [v1.8.8.8.8]
            [2606:4700::1111].
            [[::1]]
            169.254.169.254
            169.254.170.2
            100.100.100.200
            192.0.0.192
            168.63.129.16
            10.0.0.1
            172.16.0.1
            192.168.0.1
            100.64.0.1
            198.18.0.1
            224.0.0.1
            240.0.0.1
            255.255.255.255
            """;

    static Stream<String> hosts() {
        return HOSTS.lines();
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aHostThatIsNotPlainlyAPublicOneIsDenied(String host) {
        assertThat(guard.vet("https://" + host + "/hook")).isInstanceOf(Denied.class);
        assertThat(guard.vet("https://" + host)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https",
                "https:",
                "https:/",
                "https://",
                "https:///",
                "https:///hooks.example.com/",
                "https:/hooks.example.com/",
                "https:hooks.example.com/",
                "https:\\\\hooks.example.com/",
                "//hooks.example.com/",
                "/hook",
                "hooks.example.com/",
                "hooks.example.com:443",
                "http://hooks.example.com/",
                "http://hooks.example.com:443/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "gopher://hooks.example.com:443/",
                "jar:https://hooks.example.com/!/",
                "data:text/plain,x",
                "javascript:alert(1)",
                "unix:/run/docker.sock",
                "ws://hooks.example.com/",
                "url:https://hooks.example.com/",
                " https://hooks.example.com/",
                "https://hooks.example.com/ ",
                "https ://hooks.example.com/",
                "https://hooks.example.com/\t",
                "https://hooks.example.com/\r\nHost: evil",
                "https://hooks.example.com\u2028",
                "https://hooks.\nexample.com/",
                "ht\ttps://hooks.example.com/",
                "https://hooks.example.com/\u0000",
                "https://hooks.example.com/\u007f",
                "https://hooks.example.com/é",
                "https://hooks.example.com/a\\b",
                "https://hooks.example.com?@127.0.0.1\\",
                "https://hooks.example.com/%",
                "https://hooks.example.com/%zz",
                "https://hooks.example.com/<a>",
                "https://hooks.example.com/{a}"
            })
    void aUrlThatIsNotWrittenPlainlyIsDenied(String url) {
        assertThat(guard.vet(url)).isInstanceOf(Denied.class);
    }

    @Test
    void lengthIsBounded() {
        String url = "https://hooks.example.com/";

        assertThat(guard.vet(url + "a".repeat(2048 - url.length()))).isNotInstanceOf(Denied.class);
        assertThat(guard.vet(url + "a".repeat(2049 - url.length()))).isEqualTo(new Denied(Denial.TOO_LONG));
        assertThat(guard.vet("https://" + "a".repeat(64) + ".example.com/")).isEqualTo(new Denied(Denial.HOST_FORM));
        assertThat(guard.vet("https://" + "a.".repeat(126) + "com/")).isEqualTo(new Denied(Denial.HOST_FORM));
        assertThat(guard.vet("https://" + "1".repeat(1_000_000))).isEqualTo(new Denied(Denial.TOO_LONG));
    }
}
