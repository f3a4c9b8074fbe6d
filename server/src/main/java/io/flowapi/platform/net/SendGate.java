package io.flowapi.platform.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The one place a request passes on its way to an open connection. Either the request passed first, and may have
 * left, or the gate was shut first, and the request cannot leave any more: this is what proves that nothing was sent.
 */
final class SendGate extends HttpRequestExecutor {
    private enum State {
        UNDECIDED,
        PASSED,
        SHUT
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNDECIDED);

    /** Shuts the gate if nothing has passed it; the answer is final. */
    boolean shutBeforeSending() {
        state.compareAndSet(State.UNDECIDED, State.SHUT);
        return state.get() == State.SHUT;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback informationCallback,
            HttpContext context)
            throws IOException, HttpException {
        if (!state.compareAndSet(State.UNDECIDED, State.PASSED)) {
            throw new InterruptedIOException("The request was given up, or had been sent before.");
        }
        return super.execute(request, connection, informationCallback, context);
    }
}
