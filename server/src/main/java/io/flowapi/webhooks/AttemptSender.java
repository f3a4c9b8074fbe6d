package io.flowapi.webhooks;

import io.flowapi.platform.http.Json;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import io.flowapi.platform.net.OutgoingOutcome.Unsure;
import io.flowapi.platform.net.OutgoingRequest;
import io.flowapi.webhooks.AttemptResult.Failure;
import io.flowapi.webhooks.Dispatch.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes one attempt: signs the event's bytes, sends them, and says what came of it. */
final class AttemptSender implements AutoCloseable {

    private static final String USER_AGENT = "flow-api-webhooks";

    private final OutgoingHttp http;
    private final InstantSource clock;
    private final Duration attemptMax;

    AttemptSender(OutgoingHttp http, InstantSource clock, Duration attemptMax) {
        this.http = http;
        this.clock = clock;
        this.attemptMax = attemptMax;
    }

    /** Empty when it was no attempt: the server stops and broke it off, or had no room to ask for the name. */
    Optional<AttemptResult> send(Dispatch dispatch) {
        Instant startedAt = clock.instant();
        long begun = System.nanoTime();
        OutgoingOutcome outcome = http.send(request(dispatch, startedAt));
        Attempt attempt = new Attempt(startedAt, Duration.ofNanos(System.nanoTime() - begun));
        return switch (outcome) {
            case Answered answer -> Optional.of(attempt.answered(answer, dispatch.endpoint()));
            case NotSent(NotSent.Reason reason, String _) -> failure(reason).map(attempt::failed);
            case Unsure(Unsure.Reason reason, String _) -> failure(reason).map(attempt::failed);
        };
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.close();
    }

    private OutgoingRequest request(Dispatch dispatch, Instant at) {
        byte[] body = Json.bytes(dispatch.event());
        String id = dispatch.event().id().toString();
        Endpoint endpoint = dispatch.endpoint();
        // What we set stands above the owner's own, however that is written.
        Map<String, String> headers = new HashMap<>();
        endpoint.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("content-type", "application/json");
        headers.put("user-agent", USER_AGENT);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(endpoint.secrets(), id, at, body));
        return new OutgoingRequest("POST", endpoint.url(), headers, body, attemptMax);
    }

    private static Optional<Failure> failure(NotSent.Reason reason) {
        return switch (reason) {
            case DENIED -> Optional.of(Failure.DENIED);
            case UNRESOLVABLE, NOT_CONNECTED, TLS_FAILED -> Optional.of(Failure.UNREACHABLE);
            case DEADLINE -> Optional.of(Failure.TIMEOUT);
            case STOPPED, BUSY -> Optional.empty();
        };
    }

    private static Optional<Failure> failure(Unsure.Reason reason) {
        return switch (reason) {
            case DEADLINE -> Optional.of(Failure.TIMEOUT);
            case BROKEN, OVERSIZED -> Optional.of(Failure.BROKEN);
            case STOPPED -> Optional.empty();
        };
    }

    /** An attempt that has ended. */
    private record Attempt(Instant startedAt, Duration took) {

        AttemptResult failed(Failure failure) {
            return new AttemptResult(startedAt, took, null, null, failure, null);
        }

        AttemptResult answered(Answered answer, Endpoint endpoint) {
            List<String> hidden = Stream.concat(endpoint.headers().values().stream(), endpoint.secrets().stream())
                    .toList();
            return new AttemptResult(
                    startedAt,
                    took,
                    answer.status(),
                    KeptResponse.of(answer.body(), hidden),
                    judged(answer.status()).orElse(null),
                    RetryAfter.of(answer, startedAt.plus(took)).orElse(null));
        }

        private static Optional<Failure> judged(int status) {
            if (status >= 200 && status < 300) {
                return Optional.empty();
            }
            return Optional.of(status >= 300 && status < 400 ? Failure.REDIRECT : Failure.STATUS);
        }
    }
}
