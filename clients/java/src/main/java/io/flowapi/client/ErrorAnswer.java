package io.flowapi.client;

import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.Problem;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An answer that is not a success, read as far as it can be. */
record ErrorAnswer(
        String call,
        int status,
        HttpHeaders headers,
        Optional<Problem> problem,
        Optional<String> requestId,
        Optional<Duration> retryAfter) {

    private static final int NAMED_FIELDS_MAX = 5;
    private static final Set<Integer> TEMPORARY_BELOW_500 = Set.of(408, 429);

    static ErrorAnswer read(Call call, HttpResponse<byte[]> response, Credential credential, Instant now) {
        HttpHeaders headers = response.headers();
        Optional<Problem> problem = problem(response, credential);
        return new ErrorAnswer(
                call.toString(),
                response.statusCode(),
                headers,
                problem,
                problem.map(Problem::requestId).or(() -> headers.firstValue("X-Request-Id")),
                headers.firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, now)));
    }

    /** A proxy answers in its own words, so nothing about the body is sure. */
    private static Optional<Problem> problem(HttpResponse<byte[]> response, Credential credential) {
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        if (!contentType.startsWith("application/problem+json")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(credential.redact(Json.text(response.body())), Problem.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The problem's own word counts; without one the status has to do. */
    boolean retryable() {
        return problem.map(Problem::retryable).orElse(status >= 500 || TEMPORARY_BELOW_500.contains(status));
    }

    String message() {
        StringBuilder message =
                new StringBuilder(call).append(" was answered with ").append(status);
        problem.map(Problem::code).ifPresent(code -> message.append(' ').append(code));
        problem.map(Problem::detail).ifPresent(detail -> message.append(": ").append(detail));
        problem.map(Problem::errors).orElse(List.of()).stream()
                .limit(NAMED_FIELDS_MAX)
                .forEach(error ->
                        message.append("; ").append(place(error)).append(' ').append(error.detail()));
        requestId.ifPresent(id -> message.append(" (request ").append(id).append(')'));
        return message.toString();
    }

    private static String place(FieldError error) {
        return Stream.of(error.pointer(), error.parameter(), error.header())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("request");
    }
}
