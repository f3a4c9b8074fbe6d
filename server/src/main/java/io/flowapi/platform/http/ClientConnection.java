package io.flowapi.platform.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. The framework waits for the next byte as long as the client likes; here each wait has the end
 * that the request has, and a request that is worked on has none. How it closes is decided here too: only a close after
 * everything was read lets the last answer arrive.
 */
final class ClientConnection implements ServerConnection {

    private static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    private enum Phase {
        IDLE,
        REQUEST,
        ENDING
    }

    private final Connections all;
    private final ClientSocket socket;
    private final boolean crowded;
    private final DataReader reader = DataReader.create(this::read);
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private @Nullable ServerConnection http;
    private @Nullable HttpPrologue firstLine;
    private @Nullable ChunkFraming chunks;
    private long deadline;
    private volatile boolean ending;
    private volatile long idleSince = System.nanoTime();
    /** In {@link System#nanoTime()}; 0 while nothing is written. */
    private volatile long writingSince;

    ClientConnection(Connections all, Connections.Accepted accepted) {
        this.all = all;
        this.socket = new ClientSocket(accepted.channel());
        this.crowded = accepted.crowded();
        this.deadline = ClientSocket.in(
                crowded ? all.limits().requestReadMax() : all.limits().idleMax());
    }

    /** The connection whose request this thread is at. */
    static ClientConnection current() {
        return CURRENT.get();
    }

    void serve(ServerConnection protocol) {
        this.http = protocol;
    }

    DataReader reader() {
        return reader;
    }

    boolean crowded() {
        return crowded;
    }

    /** Whether the answer that is given now says that the connection closes. */
    boolean closesAfterThis() {
        return crowded || ending || all.draining();
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        ServerConnection serving = http();
        try {
            ScopedValue.where(CURRENT, this).<@Nullable Void, InterruptedException>call(() -> {
                serving.handle(limit);
                return null;
            });
        } finally {
            socket.linger();
            all.closed(this);
        }
    }

    private ServerConnection http() {
        if (http == null) {
            throw new IllegalStateException("nothing is served");
        }
        return http;
    }

    private byte @Nullable [] read() {
        try {
            byte[] data = socket.read(deadline);
            if (data == null) {
                return null;
            }
            if (phase.get() != Phase.REQUEST) {
                begin();
            }
            check(data);
            return data;
        } catch (SocketTimeoutException late) {
            throw phase.get() == Phase.REQUEST
                    ? refusal(EventType.OTHER, Status.REQUEST_TIMEOUT_408, "too slow")
                    : new CloseConnectionException("idle", late);
        } catch (IOException broken) {
            throw new ServerConnectionException("broken", broken);
        }
    }

    /** Either the request is begun or the connection is ended between two requests: never both. */
    private void begin() {
        if (!phase.compareAndSet(Phase.IDLE, Phase.REQUEST)) {
            throw new CloseConnectionException("the server is stopping");
        }
        deadline = ClientSocket.in(all.limits().requestReadMax());
    }

    private void check(byte[] data) {
        if (chunks != null && !chunks.takes(data)) {
            throw refusal(EventType.BAD_REQUEST, Status.BAD_REQUEST_400, "chunks");
        }
    }

    private RequestException refusal(EventType type, Status status, String message) {
        RequestException.Builder refusal = RequestException.builder()
                .type(type)
                .status(status)
                .message(message)
                .setKeepAlive(false);
        if (firstLine != null) {
            refusal.request(DirectTransportRequest.create(firstLine, WritableHeaders.create()));
        }
        return refusal.build();
    }

    void firstLineRead(HttpPrologue read) {
        firstLine = read;
    }

    /** What of the body came with the head has been given away already. */
    void headRead(Headers headers) {
        if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            chunks = new ChunkFraming();
            int here = reader.available();
            if (here > 0) {
                check(reader.getBuffer(here).readBytes());
            }
        }
    }

    /** The request is read and answered; the next may be here already. */
    void requestEnded() {
        firstLine = null;
        chunks = null;
        deadline = ClientSocket.in(all.limits().idleMax());
        idleSince = System.nanoTime();
        phase.set(Phase.IDLE);
        if (closesAfterThis()) {
            throw new CloseConnectionException("the server is stopping");
        }
        if (reader.available() > 0) {
            begin();
        }
    }

    void write(Runnable writing) {
        writingSince = System.nanoTime();
        try {
            writing.run();
        } finally {
            writingSince = 0;
        }
    }

    /** How long the client has not taken the answer: the framework asks from time to time, and closes past the limit. */
    @Override
    public Duration idleTime() {
        long since = writingSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void close(boolean interrupt) {
        ending = true;
        if (interrupt) {
            http().close(true);
        } else if (idleTime().compareTo(all.limits().answerWriteMax()) > 0) {
            socket.close();
        } else if (phase.compareAndSet(Phase.IDLE, Phase.ENDING)) {
            // The client closes its side when it sees this, which ends the wait for its next request.
            socket.endWriting();
        }
    }

    /** In {@link System#nanoTime()}; means nothing while a request is read or answered. */
    long idleSince() {
        return idleSince;
    }

    boolean idle() {
        return phase.get() == Phase.IDLE;
    }

    /** Ends the connection between two requests, for one that is needed more; false when it is not between two. */
    boolean givesWay() {
        if (!phase.compareAndSet(Phase.IDLE, Phase.ENDING)) {
            return false;
        }
        ending = true;
        socket.endReading();
        return true;
    }
}
