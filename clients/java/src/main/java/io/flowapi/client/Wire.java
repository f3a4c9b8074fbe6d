package io.flowapi.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request, one answer, in bounded time. */
final class Wire {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A page of 100 posts with 25 targets each, every text at its limit, stays below it. */
    private static final int ANSWER_BYTES_MAX = 256 * 1024 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    HttpResponse<byte[]> exchange(Call call, HttpRequest request, Duration atMost) {
        // The timeout of the request itself ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, headers -> new BoundedBody(ANSWER_BYTES_MAX));
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new FlowConnectionException(call + " was not answered within " + atMost, late);
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new FlowException("interrupted while waiting for the answer to " + call, interrupted);
        } catch (ExecutionException failed) {
            throw failure(call, failed.getCause());
        }
    }

    private static FlowException failure(Call call, Throwable cause) {
        return cause instanceof IOException broken && !(broken.getCause() instanceof FlowException)
                ? new FlowConnectionException(call + " got no answer: " + broken, broken)
                : new FlowException(call + " failed: " + cause.getMessage(), cause);
    }
}
