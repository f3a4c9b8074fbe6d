package io.flowapi.platform.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * What every answer carries, whether a route gives it or the protocol refuses below them: what a browser must not do with
 * it, and whether the page of another origin may read it.
 *
 * <p>Helidon's own CORS is not used: it refuses the plain request of a foreign origin with 403, leaves {@code Vary} off the
 * answers that have no allowed origin, and does not reach what the protocol refuses.
 *
 * @param production whether there is TLS in front, on which browsers are told to insist
 */
public record AnswerHeaders(boolean production, CorsOrigins origins) implements Filter {

    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("X-XSS-Protection", "1; mode=block"),
            HeaderValues.createCached("Referrer-Policy", "strict-origin-when-cross-origin"),
            // Without Origin too: a cache must not give one origin the answer to another, or to none.
            HeaderValues.createCached(HeaderNames.VARY, "Origin"));

    private static final Header TLS_ONLY =
            HeaderValues.createCached(HeaderNames.STRICT_TRANSPORT_SECURITY, "max-age=31536000");

    private static final Header EXPOSED = HeaderValues.createCached(
            HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
            "ETag, Location, Retry-After, X-Request-Id, Idempotent-Replayed, RateLimit, RateLimit-Policy");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        put(request.headers(), response.headers());
        chain.proceed();
    }

    void put(Headers request, ServerResponseHeaders response) {
        ALWAYS.forEach(response::set);
        if (production) {
            response.set(TLS_ONLY);
        }
        List<String> sent = request.all(HeaderNames.ORIGIN, List::of);
        if (sent.size() == 1 && origins.allow(sent.getFirst())) {
            // As it was sent, because a browser compares the text. No credentials: a key in a header is no cookie.
            response.set(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, sent.getFirst());
            response.set(EXPOSED);
        }
    }
}
