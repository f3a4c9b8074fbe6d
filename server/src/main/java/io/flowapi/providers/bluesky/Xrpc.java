package io.flowapi.providers.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.platform.net.OutgoingRequest;
import java.io.IOException;
import java.net.URLEncoder;
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

/** Calls a server, once each, and reads its answer for what it proves. */
final class Xrpc {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Answers of something on the way, or about the moment: they do not say that the request was not done. */
    private static final Set<Integer> UNCLEAR_REFUSALS = Set.of(408, 409, 425);

    private static final int ERROR_LENGTH_MAX = 100;
    private static final int MESSAGE_LENGTH_MAX = 500;

    private final OutgoingHttp http;
    private final RateLimit rateLimit;

    Xrpc(OutgoingHttp http, InstantSource clock) {
        this.http = http;
        this.rateLimit = new RateLimit(clock);
    }

    /** Asks for something that is public. */
    XrpcAnswer query(Service service, String method, Map<String, String> parameters, Deadline deadline) {
        StringBuilder url = new StringBuilder(service.url(method));
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            url.append(separator).append(parameter.getKey()).append('=');
            url.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return send("GET", url.toString(), Call.empty(), deadline);
    }

    XrpcAnswer call(Service service, String method, Call call, Deadline deadline) {
        return send("POST", service.url(method), call, deadline);
    }

    /**
     * @param bearer the token that is shown; null for none
     * @param json the body; empty for none
     * @param secrets what is in the body and must not be repeated
     * @param heard is told of an answer, for its headers
     */
    record Call(@Nullable String bearer, String json, List<String> secrets, Consumer<OutgoingOutcome.Answered> heard) {

        Call(@Nullable String bearer, String json, List<String> secrets) {
            this(bearer, json, secrets, answer -> {});
        }

        private static Call empty() {
            return new Call(null, "", List.of());
        }

        private Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json", "User-Agent", "flow-api"));
            if (!json.isEmpty()) {
                headers.put("Content-Type", "application/json");
            }
            if (bearer != null) {
                headers.put("Authorization", "Bearer " + bearer);
            }
            return headers;
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

    private XrpcAnswer send(String verb, String url, Call call, Deadline deadline) {
        Optional<Duration> time = deadline.nextCall();
        if (time.isEmpty()) {
            return new XrpcAnswer.NotSent("The calls before took too long.", false);
        }
        var request = new OutgoingRequest(
                verb, url, call.headers(), call.json().getBytes(StandardCharsets.UTF_8), time.get());
        return switch (http.send(request)) {
            case OutgoingOutcome.NotSent(OutgoingOutcome.NotSent.Reason reason, String detail) ->
                new XrpcAnswer.NotSent(detail, reason == OutgoingOutcome.NotSent.Reason.DENIED);
            case OutgoingOutcome.Unsure(OutgoingOutcome.Unsure.Reason reason, String detail) ->
                new XrpcAnswer.Unclear(detail, null, null);
            case OutgoingOutcome.Answered answered -> {
                call.heard().accept(answered);
                yield read(answered, call.redaction());
            }
        };
    }

    private XrpcAnswer read(OutgoingOutcome.Answered answer, Redaction redaction) {
        JsonNode body = object(answer.body()).orElse(null);
        if (answer.status() == TOO_MANY_REQUESTS) {
            return refused(answer, body, redaction);
        }
        if (answer.status() == OK && body != null) {
            return new XrpcAnswer.Done(body, redaction.of(answer.body()));
        }
        boolean refusal = answer.status() >= 400 && answer.status() < 500;
        if (refusal
                && !UNCLEAR_REFUSALS.contains(answer.status())
                && body != null
                && body.path("error").isTextual()) {
            return refused(answer, body, redaction);
        }
        return new XrpcAnswer.Unclear(
                "The server's answer says nothing certain.", answer.status(), redaction.of(answer.body()));
    }

    private XrpcAnswer refused(OutgoingOutcome.Answered answer, @Nullable JsonNode body, Redaction redaction) {
        return new XrpcAnswer.Refused(
                answer.status(),
                Redaction.cut(redaction.of(text(body, "error")), ERROR_LENGTH_MAX),
                Redaction.cut(redaction.of(text(body, "message")), MESSAGE_LENGTH_MAX),
                answer.status() == TOO_MANY_REQUESTS ? rateLimit.retryAfter(answer) : null,
                redaction.of(answer.body()));
    }

    private static String text(@Nullable JsonNode body, String member) {
        return body == null ? "" : body.path(member).asText("");
    }

    private static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.of(Json.read(body)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
