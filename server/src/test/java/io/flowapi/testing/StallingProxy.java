package io.flowapi.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server and passes bytes on, until it is told to keep them: connected, and silent. */
public final class StallingProxy implements AutoCloseable {

    private static final int BYTES = 8192;
    private static final int BACKLOG = 50;

    private final int upstreamPort;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean stalled;

    private StallingProxy(int upstreamPort, ServerSocket door) {
        this.upstreamPort = upstreamPort;
        this.door = door;
        Thread.ofVirtual().start(this::letIn);
    }

    public static StallingProxy before(int upstreamPort) {
        try {
            return new StallingProxy(upstreamPort, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    public synchronized void stall() {
        stalled = true;
    }

    /** Passes on what it kept, and what comes. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    private synchronized void untilResumed() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    private void letIn() {
        try {
            while (true) {
                connect(door.accept());
            }
        } catch (IOException closed) {
            // The test closed it.
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), upstreamPort);
            open.add(upstream);
            Thread.ofVirtual().start(() -> pass(client, upstream));
            Thread.ofVirtual().start(() -> pass(upstream, client));
        } catch (ConnectException down) {
            client.close();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                untilResumed();
                out.write(bytes, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            // Both sides are closed.
        }
    }

    @Override
    public void close() {
        resume();
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
