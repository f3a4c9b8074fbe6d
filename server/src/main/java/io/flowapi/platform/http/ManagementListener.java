package io.flowapi.platform.http;

import io.flowapi.platform.metrics.Metrics;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** A server of its own for whoever looks after this one: what it tells is nobody else's business. */
public final class ManagementListener {

    private static final HttpLimits LIMITS =
            new HttpLimits(32, 8, Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(10));
    private static final long BODY_BYTES_MAX = 0;
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(1);

    /** Nobody is believed to ask for somebody else. */
    private static final ClientAddress NO_PROXY = new ClientAddress(List.of());

    /** The request log and the figures speak of the public port alone. */
    private static final ProtocolProblems.Told UNCOUNTED = (scope, method, refusal) -> {};

    private ManagementListener() {}

    /** A server that is not started yet. */
    public static WebServer on(String host, int port, boolean production, Replies replies, Metrics metrics) {
        // No page of any origin has business here.
        AnswerHeaders always = new AnswerHeaders(production, new CorsOrigins(false, Set.of()));
        return HttpListener.bounded(new HttpListener.Address(host, port), new Connections(LIMITS))
                .maxPayloadSize(BODY_BYTES_MAX)
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .directHandlers(new ProtocolProblems(replies, always, NO_PROXY, UNCOUNTED).handlers())
                .routing(routing -> {
                    routing.addFilter(new CloseGuard())
                            .addFilter(always)
                            .addFilter(new RequestIdFilter(NO_PROXY))
                            .addFilter(new CrowdFilter(replies))
                            .addFilter(new RequestHeadFilter(replies));
                    register(routing, replies, metrics);
                })
                .build();
    }

    private static void register(HttpRouting.Builder routing, Replies replies, Metrics metrics) {
        Handler read = (request, response) -> {
            Map<String, String> headers = Map.of(
                    HeaderNames.CONTENT_TYPE.defaultCase(),
                    Metrics.TEXT,
                    HeaderNames.CACHE_CONTROL.defaultCase(),
                    "no-store");
            Replies.send(HeadRequests.fit(new Reply.Stored(200, headers, metrics.text()), request), response);
        };
        routing.get("/metrics", read).head("/metrics", read).any("/metrics", new OtherMethods("GET, HEAD", replies));
        new Routes(List.of(), replies, List.of()).register(routing, new Semaphore(LIMITS.requestsMax()));
    }
}
