package io.flowapi.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Really closes a connection that either side declared closed: Helidon 4.5.0 leaves it open, and would then take an
 * unread body for the next request.
 */
final class CloseGuard implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (closes(request.headers()) || closes(response.headers())) {
            throw new CloseConnectionException("declared closed");
        }
    }

    private static boolean closes(Headers headers) {
        return headers.first(HeaderNames.CONNECTION)
                .filter("close"::equalsIgnoreCase)
                .isPresent();
    }
}
