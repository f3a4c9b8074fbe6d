package io.flowapi.doctor;

import io.flowapi.installation.Config;
import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.AddressLiteral;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import io.flowapi.platform.net.OutgoingOutcome.Unsure;
import io.flowapi.platform.net.OutgoingRequest;
import io.flowapi.platform.net.UrlGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server that the settings describe, or another one, as a stranger sees it. */
final class RunningServer implements AutoCloseable {

    /** The operator may look at a server of their own network, whatever a user may not. */
    private static final List<AddressBlock> PRIVATE =
            AddressBlock.parseList("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7");

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final String url;
    private final OutgoingHttp http;

    private RunningServer(String url, OutgoingHttp http) {
        this.url = url;
        this.http = http;
    }

    static RunningServer of(Config config, @Nullable String url) {
        OutgoingHttp http = new OutgoingHttp(new UrlGuard(GuardPolicy.development(PRIVATE), new DnsLookup()));
        return new RunningServer(url == null ? local(config) : withoutSlash(url), http);
    }

    private static String local(Config config) {
        boolean anywhere = AddressLiteral.parse(config.host())
                .map(InetAddress::isAnyLocalAddress)
                .orElse(false);
        String host = anywhere ? "127.0.0.1" : config.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + config.port();
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    String url() {
        return url;
    }

    /** Why it cannot be asked; empty when it answers. */
    Optional<String> unreachable() {
        return switch (send("GET", "/health/liveness", Map.of(), new byte[0])) {
            case Answered answered -> Optional.empty();
            case NotSent notSent -> Optional.of(notSent.detail());
            case Unsure unsure -> Optional.of(unsure.detail());
        };
    }

    Answered get(String target, String... header) {
        Map<String, String> headers = header.length == 0 ? Map.of() : Map.of(header[0], header[1]);
        return answered(target, send("GET", target, headers, new byte[0]));
    }

    /** The status that so many bytes of JSON are answered with. */
    int post(String target, int bytes) {
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        return answered(target, send("POST", target, Map.of("Content-Type", "application/json"), body))
                .status();
    }

    private OutgoingOutcome send(String method, String target, Map<String, String> headers, byte[] body) {
        return http.send(new OutgoingRequest(method, url + target, headers, body, DEADLINE));
    }

    private static Answered answered(String target, OutgoingOutcome outcome) {
        return switch (outcome) {
            case Answered answered -> answered;
            case NotSent notSent -> throw new IllegalStateException(target + ": " + notSent.detail());
            case Unsure unsure -> throw new IllegalStateException(target + ": " + unsure.detail());
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
