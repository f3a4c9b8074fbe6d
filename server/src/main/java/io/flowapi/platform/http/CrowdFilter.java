package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Tells who came when there were enough connections; a probe is answered all the same. */
final class CrowdFilter implements Filter {

    private static final String PROBES = "/health/";

    private final Replies replies;

    CrowdFilter(Replies replies) {
        this.replies = replies;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        RequestInfo info = RequestScope.of(request).info();
        if (!ClientConnection.current().crowded() || info.path().startsWith(PROBES)) {
            chain.proceed();
            return;
        }
        Refusal full = Refusal.of(ProblemCode.OVERLOADED, "Too many connections are open. Nothing was changed.")
                .with("Retry-After", "1");
        replies.refuse(full, request, response);
    }
}
