package io.flowapi.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names each request: with the client's own id when it is harmless in a log, else with a new one. */
final class RequestIdFilter implements Filter {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String sent =
                request.headers().first(HeaderNames.create("X-Request-Id")).orElse("");
        String id = requestId(sent);
        String address = request.remotePeer().host();
        request.context()
                .register(new RequestScope(
                        new RequestInfo(id, address, request.path().rawPath())));
        response.header("X-Request-Id", id);
        chain.proceed();
    }

    static String requestId(String sent) {
        return HARMLESS.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    }
}
