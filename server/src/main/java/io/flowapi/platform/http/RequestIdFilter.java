package io.flowapi.platform.http;

import io.flowapi.platform.log.Logs;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names each request: with the client's own id when it is harmless in a log, else with a new one; and its client. */
record RequestIdFilter(ClientAddress clients) implements Filter {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id = requestId(request.headers());
        String address = clients.of(request.remotePeer(), request.headers());
        RequestScope scope =
                new RequestScope(new RequestInfo(id, address, request.path().rawPath()));
        request.context().register(scope);
        response.header("X-Request-Id", id);
        ScopedValue.where(RequestScope.CURRENT, scope)
                .where(Logs.REQUEST_ID, id)
                .run(chain::proceed);
    }

    static String requestId(Headers headers) {
        String sent = headers.first(HeaderNames.create("X-Request-Id")).orElse("");
        return HARMLESS.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }
}
