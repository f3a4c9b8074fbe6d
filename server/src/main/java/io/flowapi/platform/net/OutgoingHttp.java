package io.flowapi.platform.net;

import io.flowapi.platform.net.OutgoingOutcome.NotSent;
import io.flowapi.platform.net.OutgoingOutcome.Unsure;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;

/**
 * The only way out: one request over one new connection to a vetted address, within one deadline. Nothing is repeated,
 * followed, remembered or kept open.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final UrlGuard guard;
    private final Exchange exchange;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    public OutgoingHttp(UrlGuard guard) {
        this(guard, ANSWER_BYTES_MAX);
    }

    public OutgoingHttp(UrlGuard guard, int answerBytesMax) {
        this(guard, answerBytesMax, systemTrust());
    }

    OutgoingHttp(UrlGuard guard, int answerBytesMax, SSLContext trust) {
        this(guard, new AnswerLimit(answerBytesMax, false), trust);
    }

    private OutgoingHttp(UrlGuard guard, AnswerLimit limit, SSLContext trust) {
        this.guard = guard;
        this.exchange = new Exchange(limit, trust);
    }

    /** One for which the status of an answer says it all: of a longer body only the beginning is read. */
    public static OutgoingHttp cutting(UrlGuard guard, int answerBytesMax) {
        return new OutgoingHttp(guard, new AnswerLimit(answerBytesMax, true), systemTrust());
    }

    /**
     * The call runs on a virtual thread because interrupting one closes the socket it waits on: that is what ends a
     * connect, a handshake or a body that would outlast the deadline.
     */
    public OutgoingOutcome send(OutgoingRequest request) {
        var gate = new SendGate();
        Future<OutgoingOutcome> call;
        try {
            call = calls.submit(() -> vetAndExchange(request, gate));
        } catch (RejectedExecutionException closed) {
            return stopped(gate);
        }
        try {
            return call.get(request.deadline().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            return failure(failed, gate);
        } catch (TimeoutException late) {
            return late(gate);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return stopped(gate);
        } finally {
            call.cancel(true);
        }
    }

    /** Calls under way are broken off and their callers told so. */
    @Override
    public void close() {
        calls.shutdownNow();
    }

    private OutgoingOutcome vetAndExchange(OutgoingRequest request, SendGate gate) throws IOException, HttpException {
        return switch (guard.vet(request.url())) {
            case Verdict.Denied(Denial reason) -> new NotSent(reasonOf(reason), reason.advice());
            case Verdict.Allowed target -> exchange.run(target, request, gate);
        };
    }

    private static NotSent.Reason reasonOf(Denial denial) {
        return switch (denial) {
            case UNRESOLVABLE -> NotSent.Reason.UNRESOLVABLE;
            case BUSY -> NotSent.Reason.BUSY;
            default -> NotSent.Reason.DENIED;
        };
    }

    private OutgoingOutcome failure(ExecutionException failed, SendGate gate) {
        Throwable cause = failed.getCause();
        if (cause instanceof Error || (cause instanceof RuntimeException && gate.shutBeforeSending())) {
            throw new IllegalStateException("A call failed in a way that was not foreseen.", cause);
        }
        if (calls.isShutdown()) {
            return stopped(gate);
        }
        if (!gate.shutBeforeSending()) {
            return new Unsure(Unsure.Reason.BROKEN, "The connection broke before a complete answer was read.");
        }
        return cause instanceof SSLException
                ? new NotSent(NotSent.Reason.TLS_FAILED, "No trusted TLS connection could be made.")
                : new NotSent(NotSent.Reason.NOT_CONNECTED, "No connection could be made.");
    }

    private static OutgoingOutcome late(SendGate gate) {
        return gate.shutBeforeSending()
                ? new NotSent(NotSent.Reason.DEADLINE, "No connection was made in time.")
                : new Unsure(Unsure.Reason.DEADLINE, "No complete answer came in time.");
    }

    private static OutgoingOutcome stopped(SendGate gate) {
        return gate.shutBeforeSending()
                ? new NotSent(NotSent.Reason.STOPPED, "The server stopped before the request was sent.")
                : new Unsure(Unsure.Reason.STOPPED, "The server stopped before a complete answer was read.");
    }

    private static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException noTls) {
            throw new IllegalStateException("This Java has no TLS.", noTls);
        }
    }
}
