package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.Verdict.Allowed;
import io.flowapi.platform.net.Verdict.Denied;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGuardTest {
    private static final long SEED = 7_411L;
    private static final GuardPolicy PRODUCTION = GuardPolicy.production(List.of());
    private static final GuardPolicy DEVELOPMENT = GuardPolicy.development(List.of());
    private static final Resolver PUBLIC = answering("93.184.216.34");
    private static final Resolver NEVER_ASKED = name -> {
        throw new AssertionError("DNS was asked for " + name);
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com",
                "https://hooks.example.com/",
                "https://hooks.example.com/a/b?c=d&e=%20#f",
                "https://hooks.example.com:443/a",
                "https://hooks.example.com:8443/a",
                "HTTPS://Hooks.Example.COM/a",
                "https://hooks.example.com./a",
                "https://xn--bcher-kva.example/a",
                "https://1password.com/",
                "https://a--b.example.co.uk/@user@host",
                "https://abc.de/",
                "https://0x7f.example.com/",
                "https://8.8.8.8/",
                "https://[2606:4700::1111]/",
                "https://[2606:4700:0:0:0:0:0:1111]:8443/",
                "https://internal.example.com/",
                "https://localhost.example.com/"
            })
    void ordinaryUrlsAreAllowed(String url) {
        assertThat(new UrlGuard(PRODUCTION, PUBLIC).vet(url)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://8.8.8.8/", "https://[2606:4700::1111]/", "https://10.0.0.1/", "https://[::1]/"})
    void literalAddressesNeverReachTheResolver(String url) {
        assertThat(new UrlGuard(PRODUCTION, NEVER_ASKED).vet(url)).isNotNull();
    }

    @Test
    void randomLiteralsAreJudgedAsTheirAddressesAre() {
        RandomAddresses addresses = RandomAddresses.seeded(SEED);
        UrlGuard guard = new UrlGuard(PRODUCTION, NEVER_ASKED);
        List<AddressBlock> everything = AddressBlock.parseList("0.0.0.0/0, ::/0, 2000::/3, ::ffff:0:0/96");

        IntStream.range(0, 800)
                .mapToObj(i -> addresses.in(everything.get(i % everything.size())))
                .forEach(address -> assertThat(guard.vet(literalUrl(address)) instanceof Allowed)
                        .as("%s, seed %d", address, SEED)
                        .isEqualTo(PRODUCTION.allowsAddress(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00:ec2::254", "64:ff9b::808:808"})
    void oneForbiddenAnswerForbidsTheName(String forbidden) {
        assertThat(new UrlGuard(PRODUCTION, answering("93.184.216.34", forbidden)).vet("https://hooks.example.com/"))
                .isEqualTo(new Denied(Denial.ADDRESS));
        assertThat(new UrlGuard(PRODUCTION, answering(forbidden, "93.184.216.34")).vet("https://hooks.example.com/"))
                .isEqualTo(new Denied(Denial.ADDRESS));
    }

    @Test
    void aNameWithoutAnswerIsUnresolvable() {
        assertThat(new UrlGuard(PRODUCTION, name -> List.of()).vet("https://hooks.example.com/"))
                .isEqualTo(new Denied(Denial.UNRESOLVABLE));
    }

    @Test
    void theVerdictCarriesExactlyTheVettedAddressesOfOneLookup() {
        List<String> asked = new ArrayList<>();
        Resolver counting = name -> {
            asked.add(name);
            return PUBLIC.addressesOf(name);
        };

        Verdict verdict = new UrlGuard(PRODUCTION, counting).vet("https://Hooks.Example.com.:8443/x");

        assertThat(verdict).isInstanceOfSatisfying(Allowed.class, allowed -> {
            assertThat(allowed.host()).isEqualTo("hooks.example.com");
            assertThat(allowed.port()).isEqualTo(8443);
            assertThat(allowed.addresses()).containsExactly(InetAddress.ofLiteral("93.184.216.34"));
        });
        assertThat(asked).containsExactly("hooks.example.com");
    }

    @Test
    void theFormIsCheckedWithoutAskingDns() {
        UrlGuard guard = new UrlGuard(PRODUCTION, NEVER_ASKED);

        assertThat(guard.checkForm("https://hooks.example.com/")).isInstanceOf(Allowed.class);
        assertThat(guard.checkForm("https://hooks.local/")).isEqualTo(new Denied(Denial.NAME));
        assertThat(guard.checkForm("https://10.0.0.1/")).isEqualTo(new Denied(Denial.ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000/hook",
                "http://LOCALHOST/hook",
                "https://localhost:9443/hook",
                "http://127.0.0.1:8080/",
                "http://[::1]:8080/",
                "http://hooks.example.com:8080/"
            })
    void developmentAlsoAllowsHttpAndLoopback(String url) {
        assertThat(new UrlGuard(DEVELOPMENT, PUBLIC).vet(url)).isInstanceOf(Allowed.class);
        assertThat(new UrlGuard(PRODUCTION, PUBLIC).vet(url)).isInstanceOf(Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, ADDRESS",
        "http://192.168.0.1/, ADDRESS",
        "http://intranet/, NAME",
        "http://host.docker.internal/, NAME",
        "ftp://localhost/, SCHEME",
        "http://hooks.example.com:0/, PORT",
        "http://hooks.example.com:65536/, PORT",
        "http://2130706433/, HOST_FORM",
        "http://user@localhost/, USERINFO"
    })
    void developmentAllowsNothingElse(String url, Denial reason) {
        assertThat(new UrlGuard(DEVELOPMENT, PUBLIC).vet(url)).isEqualTo(new Denied(reason));
    }

    @Test
    void noAdviceTellsWhatDnsAnswered() {
        assertThat(Denial.values())
                .allSatisfy(denial -> assertThat(denial.advice())
                        .doesNotContainIgnoringCase("private")
                        .doesNotContainIgnoringCase("internal")
                        .doesNotContainIgnoringCase("loopback"));
    }

    private static Resolver answering(String... addresses) {
        return new FixedAnswers(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }

    private static String literalUrl(InetAddress address) {
        boolean ipv6 = address.getAddress().length == 16;
        return ipv6 ? "https://[" + address.getHostAddress() + "]/" : "https://" + address.getHostAddress() + "/";
    }
}
