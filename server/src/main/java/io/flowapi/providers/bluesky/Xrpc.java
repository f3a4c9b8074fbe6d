package io.flowapi.providers.bluesky;

import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Dialect;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.Service;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The protocol's two kinds of calls. */
final class Xrpc {

    private final NetworkCalls calls;

    Xrpc(OutgoingHttp http, InstantSource clock) {
        this.calls = new NetworkCalls(http, clock, Dialect.ERROR_MEMBER);
    }

    /** Asks for something that is public. */
    NetworkAnswer query(Service service, String method, Map<String, String> parameters, Deadline deadline) {
        StringBuilder url = new StringBuilder(url(service, method));
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            url.append(separator).append(parameter.getKey()).append('=');
            url.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return calls.send(
                new NetworkCalls.Call("GET", url.toString(), null, "", List.of(), Map.of(), answer -> {}), deadline);
    }

    NetworkAnswer call(Service service, String method, Call call, Deadline deadline) {
        var sent = new NetworkCalls.Call(
                "POST", url(service, method), call.bearer(), call.json(), call.secrets(), Map.of(), answer -> {});
        return calls.send(sent, deadline);
    }

    /** @param heard is told of an answer, for its headers */
    NetworkAnswer call(
            ProviderRequest request, String bearer, Consumer<OutgoingOutcome.Answered> heard, Deadline deadline) {
        return calls.send(new NetworkCalls.Call(request, bearer, heard), deadline);
    }

    static ProviderRequest procedure(Service service, String method, String json) {
        return ProviderRequest.of("POST", url(service, method), Map.of(), json);
    }

    /**
     * @param bearer the token that is shown; null for none
     * @param json the body; empty for none
     * @param secrets what is in the body and must not be repeated
     */
    record Call(@Nullable String bearer, String json, List<String> secrets) {

        @Override
        public String toString() {
            return "Call[***]";
        }
    }

    private static String url(Service service, String method) {
        return service.url("/xrpc/" + method);
    }
}
