package io.flowapi.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.platform.net.OutgoingRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls a server that answers in JSON, once each, and reads its answer for what it proves. */
public final class NetworkCalls {

    private static final int TOO_MANY_REQUESTS = 429;

    /** Answers of something on the way, or about the moment: they do not say that the request was not done. */
    private static final Set<Integer> UNCLEAR_REFUSALS = Set.of(408, 409, 425);

    private static final Dialect.Said NOTHING = new Dialect.Said("", "");

    private static final int ERROR_LENGTH_MAX = 500;
    private static final int MESSAGE_LENGTH_MAX = 500;

    private final OutgoingHttp http;
    private final RateLimit rateLimit;
    private final Dialect dialect;

    public NetworkCalls(OutgoingHttp http, InstantSource clock, Dialect dialect) {
        this.http = http;
        this.dialect = dialect;
        this.rateLimit = new RateLimit(clock);
    }

    /**
     * @param bearer the token that is shown; null for none
     * @param body empty for none
     * @param secrets what is in the body and must not be repeated
     * @param headers beside those that every call has; its content type when that is not JSON
     * @param heard is told of an answer, for its headers
     */
    public record Call(
            String verb,
            String url,
            @Nullable String bearer,
            String body,
            List<String> secrets,
            Map<String, String> headers,
            Consumer<OutgoingOutcome.Answered> heard) {

        /** Sends what was made before, as it is. */
        public Call(ProviderRequest request, @Nullable String bearer, Consumer<OutgoingOutcome.Answered> heard) {
            this(request.method(), request.url(), bearer, request.body(), List.of(), request.headers(), heard);
        }

        private Map<String, String> allHeaders() {
            Map<String, String> all =
                    new HashMap<>(ProviderRequest.of(verb, url, headers, body).headers());
            if (bearer != null) {
                all.put("Authorization", "Bearer " + bearer);
            }
            return all;
        }

        private Redaction redaction() {
            return new Redaction(
                    Stream.concat(secrets.stream(), Stream.ofNullable(bearer)).toList());
        }

        @Override
        public String toString() {
            return "Call[***]";
        }
    }

    public NetworkAnswer send(Call call, Deadline deadline) {
        Optional<Duration> time = deadline.nextCall();
        if (time.isEmpty()) {
            return new NetworkAnswer.NotSent("The calls before took too long.", false);
        }
        var request = new OutgoingRequest(
                call.verb(), call.url(), call.allHeaders(), call.body().getBytes(StandardCharsets.UTF_8), time.get());
        return switch (http.send(request)) {
            case OutgoingOutcome.NotSent(OutgoingOutcome.NotSent.Reason reason, String detail) ->
                new NetworkAnswer.NotSent(detail, reason == OutgoingOutcome.NotSent.Reason.DENIED);
            case OutgoingOutcome.Unsure(OutgoingOutcome.Unsure.Reason reason, String detail) ->
                new NetworkAnswer.Unclear(detail, null, null);
            case OutgoingOutcome.Answered answered -> {
                call.heard().accept(answered);
                yield read(answered, call.redaction());
            }
        };
    }

    private NetworkAnswer read(OutgoingOutcome.Answered answer, Redaction redaction) {
        JsonNode body = json(answer.body()).orElse(null);
        if (dialect.done(answer.status(), body)) {
            return new NetworkAnswer.Done(body == null ? MissingNode.getInstance() : body, redaction, answer);
        }
        Optional<Dialect.Said> said = body == null ? Optional.empty() : dialect.refusal(body);
        if (answer.status() == TOO_MANY_REQUESTS) {
            return refused(answer, said.orElse(NOTHING), redaction);
        }
        boolean refusal = answer.status() >= 400 && answer.status() < 500;
        if (refusal && !UNCLEAR_REFUSALS.contains(answer.status()) && said.isPresent()) {
            return refused(answer, said.get(), redaction);
        }
        return new NetworkAnswer.Unclear(
                "The server's answer says nothing certain.", answer.status(), redaction.of(answer.body()));
    }

    private NetworkAnswer refused(OutgoingOutcome.Answered answer, Dialect.Said said, Redaction redaction) {
        return new NetworkAnswer.Refused(
                answer.status(),
                Redaction.cut(redaction.of(said.error()), ERROR_LENGTH_MAX),
                Redaction.cut(redaction.of(said.message()), MESSAGE_LENGTH_MAX),
                answer.status() == TOO_MANY_REQUESTS ? rateLimit.retryAfter(answer) : null,
                redaction.of(answer.body()));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(Json.read(body)).filter(JsonNode::isContainerNode);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
