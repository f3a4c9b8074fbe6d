package io.flowapi.platform.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** The HTTP server with its limits; what it answers, the routes decide. */
public final class HttpListener {

    static final long BODY_BYTES_MAX = 1_048_576;
    /** Above our own limits, so that those are refused by a filter, with everything a filter adds. */
    static final int HEADER_BYTES_MAX = 65_536;

    static final int REQUEST_LINE_BYTES_MAX = 65_536;

    /** A look at the connections whose clients may not take their answers. */
    private static final int LOOKS_PER_WRITE_LIMIT = 4;

    static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(10);

    private HttpListener() {}

    /** @param port 0 takes any free one */
    public record Address(String host, int port) {}

    /** A server that is not started yet. */
    public static WebServer on(
            Address address,
            AnswerHeaders always,
            ClientAddress clients,
            Replies replies,
            Routes routes,
            Connections connections,
            RequestWatch watch) {
        return bounded(address, connections)
                .directHandlers(new ProtocolProblems(replies, always, clients, watch::refusedByProtocol).handlers())
                .routing(routing -> {
                    // Outermost first: a filter sees every answer given below it.
                    routing.addFilter(new CloseGuard())
                            .addFilter(always)
                            .addFilter(new RequestIdFilter(clients))
                            .addFilter(watch)
                            .addFilter(new CrowdFilter(replies))
                            .addFilter(new RequestHeadFilter(replies));
                    routes.register(routing, new Semaphore(connections.limits().requestsMax()));
                })
                .build();
    }

    /** What holds for every port: how much is taken, how long is waited, and how a connection ends. */
    static WebServerConfig.Builder bounded(Address address, Connections connections) {
        HttpLimits limits = connections.limits();
        return WebServer.builder()
                .host(address.host())
                .port(address.port())
                .maxPayloadSize(BODY_BYTES_MAX)
                .idleConnectionTimeout(limits.answerWriteMax())
                .idleConnectionPeriod(limits.answerWriteMax().dividedBy(LOOKS_PER_WRITE_LIMIT))
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .shutdownHook(false)
                // Without it answers over 8 kB wait 40 ms for the other side's acknowledgement.
                .connectionOptions(new AcceptedSockets(
                        SocketOptions.builder().tcpNoDelay(true).build(), connections))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new KnownPeers(BoundedHttp1.of(
                        connections,
                        Http1Config.builder()
                                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                .maxHeadersSize(HEADER_BYTES_MAX))));
    }
}
