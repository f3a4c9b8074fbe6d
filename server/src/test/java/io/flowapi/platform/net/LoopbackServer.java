package io.flowapi.platform.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real listener that does to each connection what its script says. */
final class LoopbackServer implements AutoCloseable {
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    interface Script {
        void play(LoopbackServer server, Socket connection) throws IOException, InterruptedException;
    }

    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket listener;
    private final Script script;

    LoopbackServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    static LoopbackServer playing(Script script) {
        return at("127.0.0.1", 0, script);
    }

    static LoopbackServer at(String address, int port, Script script) {
        try {
            return new LoopbackServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one request, then writes these bytes and ends the connection. */
    static Script answering(String answer) {
        return (server, connection) -> {
            server.requests.add(readRequest(connection.getInputStream()));
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits without sleeping; true when the server is closed meanwhile. */
    boolean closesWithin(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> play(connection));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void play(Socket connection) {
        try (connection) {
            script.play(this, connection);
        } catch (IOException brokenByTheClient) {
            requests.add("broken");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static String readRequest(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
            bytes.write(next);
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        Matcher length = CONTENT_LENGTH.matcher(head);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return head + new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
