package io.flowapi.platform.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Really closes a connection that either side declared closed: Helidon 4.5.0 leaves it open, and would then take an
 * unread body for the next request. Declares it closed when the body was not read, or when it is not to be kept.
 */
final class CloseGuard implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        ClientConnection connection = ClientConnection.current();
        response.beforeSend(() -> {
            if (connection.closesAfterThis() || isUnread(request)) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
        });
        chain.proceed();
        if (closes(request.headers()) || closes(response.headers())) {
            throw new CloseConnectionException("declared closed");
        }
        connection.requestEnded();
    }

    private static boolean isUnread(RoutingRequest request) {
        return request.content().hasEntity() && !request.content().consumed();
    }

    private static boolean closes(Headers headers) {
        return headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }
}
