package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a Bluesky server as a login takes. Every other request it takes, and does not answer until it is closed. */
public final class HangingPds implements AutoCloseable {

    private static final byte[] SESSION = """
            {"did":"did:plc:hangs","handle":"hangs.test","accessJwt":"access","refreshJwt":"refresh","active":true}
            """.getBytes(UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();

    private HangingPds(HttpServer server) {
        this.server = server;
        server.createContext("/", this::hold);
        server.createContext("/xrpc/com.atproto.server.createSession", HangingPds::login);
        server.setExecutor(threads);
        server.start();
    }

    public static HangingPds start() {
        try {
            return new HangingPds(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests it holds. */
    public int held() {
        return held.get();
    }

    private static void login(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, SESSION.length);
            exchange.getResponseBody().write(SESSION);
        }
    }

    private void hold(HttpExchange exchange) {
        try (exchange) {
            held.incrementAndGet();
            closed.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
