package io.flowapi.perf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A server made slow: forwards each connection to it, and holds every answer back for a while. It ends with the JVM. */
final class DelayingProxy {

    private static final int WAITING_MAX = 200;
    private static final int CHUNK_BYTES = 16_384;

    private final ServerSocket entrance;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int serverPort;
    private final Duration delay;

    DelayingProxy(int serverPort, Duration delay) throws IOException {
        this.serverPort = serverPort;
        this.delay = delay;
        entrance = new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                threads.execute(() -> forward(client));
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private void forward(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            AtomicBoolean asked = new AtomicBoolean();
            threads.execute(() -> forwardQuestions(client, server, asked));
            forwardAnswers(server, client, asked);
        } catch (IOException hungUp) {
            // The caller sees that its connection is gone, and counts it as a failure.
        }
    }

    private static void forwardQuestions(Socket client, Socket server, AtomicBoolean asked) {
        try {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                asked.set(true);
                out.write(chunk, 0, length);
            }
            server.shutdownOutput();
        } catch (IOException hungUp) {
            // Then the answers end too.
        }
    }

    /** An answer can come in several chunks, and is delayed once. */
    private void forwardAnswers(Socket server, Socket client, AtomicBoolean asked) throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            if (asked.getAndSet(false)) {
                LockSupport.parkNanos(delay.toNanos());
            }
            out.write(chunk, 0, length);
        }
    }
}
