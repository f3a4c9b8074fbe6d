package io.flowapi.platform.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.time.InstantSource;

/** The HTTP server with its limits; what it answers, the routes decide. */
public final class HttpListener {

    private static final long BODY_BYTES_MAX = 1_048_576;
    /** Above our own limits, so that those are refused by a filter, with everything a filter adds. */
    private static final int HEADER_BYTES_MAX = 65_536;

    private static final int REQUEST_LINE_BYTES_MAX = 65_536;

    private static final Duration CONNECTION_IDLE_MAX = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(10);

    private HttpListener() {}

    /** A server that is not started yet. */
    public static WebServer on(
            String host,
            int port,
            InstantSource clock,
            AnswerHeaders always,
            ClientAddress clients,
            Replies replies,
            Routes routes) {
        RequestLog log = new RequestLog(clock);
        return WebServer.builder()
                .host(host)
                .port(port)
                .maxPayloadSize(BODY_BYTES_MAX)
                .idleConnectionTimeout(CONNECTION_IDLE_MAX)
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .shutdownHook(false)
                // Without it answers over 8 kB wait 40 ms for the other side's acknowledgement.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new KnownPeers(Http1ConnectionSelector.builder()
                        .config(Http1Config.builder()
                                .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                                .maxHeadersSize(HEADER_BYTES_MAX)
                                .build())
                        .build()))
                .directHandlers(new ProtocolProblems(replies, always, clients, log).handlers())
                .routing(routing -> {
                    // Outermost first: a filter sees every answer given below it.
                    routing.addFilter(new CloseGuard())
                            .addFilter(always)
                            .addFilter(new RequestIdFilter(clients))
                            .addFilter(new RequestLogFilter(log))
                            .addFilter(new RequestHeadFilter(replies));
                    routes.register(routing);
                })
                .build();
    }
}
