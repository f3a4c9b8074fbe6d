package io.flowapi.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a call, again if it has to, and turns the answer into a value or an exception. */
final class Transport {

    private static final int NO_CONTENT = 204;

    private final Requests requests;
    private final Wire wire;
    private final RetryPolicy retries;
    private final Credential credential;
    private final Duration timeout;

    Transport(Requests requests, Wire wire, RetryPolicy retries, Credential credential, Duration timeout) {
        this.requests = requests;
        this.wire = wire;
        this.retries = retries;
        this.credential = credential;
        this.timeout = timeout;
    }

    <T> FlowResponse<T> send(Call call, RequestOptions options, Class<T> type) {
        HttpResponse<byte[]> response = deliver(call, options);
        return answer(response, read(call, response, type));
    }

    private static <T> T read(Call call, HttpResponse<byte[]> response, Class<T> type) {
        try {
            return Json.read(Json.text(response.body()), type);
        } catch (IOException unreadable) {
            throw new FlowException(
                    call + " was answered with " + response.statusCode() + " and a body that is not a "
                            + type.getSimpleName(),
                    unreadable);
        }
    }

    /** For an operation that may succeed without having anything to tell. */
    <T> FlowResponse<Optional<T>> sendIfAny(Call call, RequestOptions options, Class<T> type) {
        HttpResponse<byte[]> response = deliver(call, options);
        boolean empty = response.statusCode() == NO_CONTENT;
        return answer(response, empty ? Optional.empty() : Optional.of(read(call, response, type)));
    }

    FlowResponse<Void> send(Call call, RequestOptions options) {
        return answer(deliver(call, options), null);
    }

    private static <T extends @Nullable Object> FlowResponse<T> answer(HttpResponse<byte[]> response, T value) {
        return new FlowResponse<>(response.statusCode(), response.headers(), value);
    }

    private HttpResponse<byte[]> deliver(Call call, RequestOptions options) {
        // Made once, so that every try carries the same idempotency key.
        HttpRequest request = requests.of(call, options);
        Duration atMost = options.timeout().orElse(timeout);
        for (int retriesDone = 0; ; retriesDone++) {
            try {
                return once(call, request, atMost);
            } catch (FlowException failure) {
                Optional<Duration> pause = retries.pauseAfter(failure, retriesDone, call.isRepeatable());
                retries.timing().pause(pause.orElseThrow(() -> failure));
            }
        }
    }

    private HttpResponse<byte[]> once(Call call, HttpRequest request, Duration atMost) {
        HttpResponse<byte[]> response = wire.exchange(call, request, atMost);
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        if (call.isAnswer(response.statusCode(), contentType)) {
            return response;
        }
        throw FlowApiException.of(
                ErrorAnswer.read(call, response, credential, retries.timing().now()));
    }
}
