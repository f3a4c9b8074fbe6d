package io.flowapi.providers.mastodon;

import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Dialect;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.Service;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The calls of an instance that are used. */
final class MastodonApi {

    private final NetworkCalls calls;

    MastodonApi(OutgoingHttp http, InstantSource clock) {
        this.calls = new NetworkCalls(http, clock, Dialect.ERROR_MEMBER);
    }

    /** Whose the token is. */
    NetworkAnswer verifyCredentials(Service instance, String token, Deadline deadline) {
        return get(instance, token, "/api/v1/accounts/verify_credentials", deadline);
    }

    /** What the instance says of itself, its limits among it. */
    NetworkAnswer instance(Service instance, String token, Deadline deadline) {
        return get(instance, token, "/api/v2/instance", deadline);
    }

    /** The account's statuses, newest first. */
    NetworkAnswer statuses(Credentials of, String query, Deadline deadline) {
        return get(
                of.instance(), of.accessToken(), "/api/v1/accounts/" + of.account() + "/statuses?" + query, deadline);
    }

    /** @param heard is told of an answer, for its headers */
    NetworkAnswer post(
            Credentials by, FrozenStatus status, Consumer<OutgoingOutcome.Answered> heard, Deadline deadline) {
        return calls.send(new NetworkCalls.Call(posting(by.instance(), status), by.accessToken(), heard), deadline);
    }

    static ProviderRequest posting(Service instance, FrozenStatus status) {
        return ProviderRequest.of(
                "POST", instance.url("/api/v1/statuses"), Map.of("Idempotency-Key", status.key()), status.body());
    }

    NetworkAnswer delete(Credentials by, String status, Deadline deadline) {
        return send("DELETE", by.instance(), by.accessToken(), "/api/v1/statuses/" + status, deadline);
    }

    private NetworkAnswer get(Service instance, String token, String path, Deadline deadline) {
        return send("GET", instance, token, path, deadline);
    }

    private NetworkAnswer send(String verb, Service instance, String token, String path, Deadline deadline) {
        return calls.send(
                new NetworkCalls.Call(verb, instance.url(path), token, "", List.of(), Map.of(), answer -> {}),
                deadline);
    }
}
