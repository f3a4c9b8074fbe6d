package io.flowapi.platform.net;

import static io.flowapi.platform.net.LoopbackServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Where connections go: to the vetted address and nowhere else. */
class OutgoingRoutesTest {
    private static final String OK = "HTTP/1.1 204 No Content\r\n\r\n";

    @Test
    void dnsIsAskedOnceAndTheVettedAddressIsTheOneConnectedTo() {
        try (var vetted = LoopbackServer.at("127.0.0.2", 0, answering(OK));
                var rebound = LoopbackServer.at("127.0.0.1", vetted.port(), answering(OK));
                var http = outgoing(GuardPolicy.development(List.of()), "127.0.0.2", "127.0.0.1")) {
            assertThat(http.send(get("http://rebind.example.com:" + vetted.port() + "/")))
                    .isInstanceOf(Answered.class);

            assertThat(vetted.connections).hasValue(1);
            assertThat(rebound.connections).hasValue(0);
        }
    }

    @Test
    void aNameReboundToLoopbackIsNeverConnectedToInProduction() {
        try (var loopback = new LoopbackServer(productionPort(), answering(OK));
                // 127.0.0.2 stands for the public address: a test must not call out.
                var http = outgoing(
                        GuardPolicy.production(AddressBlock.parseList("127.0.0.2/32")), "127.0.0.2", "127.0.0.1")) {
            OutgoingOutcome whilePublic = http.send(get("https://rebind.example.com:8443/"));
            OutgoingOutcome onceRebound = http.send(get("https://rebind.example.com:8443/"));

            assertThat(whilePublic)
                    .isEqualTo(new NotSent(NotSent.Reason.NOT_CONNECTED, "No connection could be made."));
            assertThat(onceRebound).isEqualTo(new NotSent(NotSent.Reason.DENIED, Denial.ADDRESS.advice()));
            assertThat(loopback.connections).hasValue(0);
        }
    }

    @Test
    void proxiesOfTheMachineAreIgnored() {
        Properties before = (Properties) System.getProperties().clone();
        try (var proxy = LoopbackServer.playing(answering(OK));
                var server = LoopbackServer.playing(answering(OK));
                var http = outgoing(GuardPolicy.development(List.of()), "127.0.0.1")) {
            for (String kind : List.of("http.proxy", "https.proxy", "socksProxy")) {
                System.setProperty(kind + "Host", "127.0.0.1");
                System.setProperty(kind + "Port", Integer.toString(proxy.port()));
            }
            System.setProperty("http.nonProxyHosts", "");
            System.setProperty("socksNonProxyHosts", "");
            System.setProperty("java.net.useSystemProxies", "true");

            assertThat(http.send(get("http://hooks.example.com:" + server.port() + "/")))
                    .isInstanceOf(Answered.class);

            assertThat(proxy.connections).hasValue(0);
            assertThat(server.connections).hasValue(1);
        } finally {
            System.setProperties(before);
        }
    }

    private static ServerSocket productionPort() {
        try {
            return new ServerSocket(8443, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException taken) {
            return Assumptions.abort("Port 8443 is taken on this machine.");
        }
    }

    /** Each lookup has the next answer. */
    private static OutgoingHttp outgoing(GuardPolicy policy, String... answers) {
        Iterator<String> next = List.of(answers).iterator();
        return new OutgoingHttp(new UrlGuard(policy, name -> List.of(InetAddress.ofLiteral(next.next()))));
    }

    private static OutgoingRequest get(String url) {
        return new OutgoingRequest("GET", url, Map.of(), new byte[0], Duration.ofSeconds(2));
    }
}
