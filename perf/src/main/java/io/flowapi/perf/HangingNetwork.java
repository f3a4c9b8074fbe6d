package io.flowapi.perf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A Bluesky server that lets accounts log in and never answers anything else. */
final class HangingNetwork implements AutoCloseable {

    private static final byte[] SESSION = """
            {"did":"did:plc:hangs","handle":"hangs.test","accessJwt":"access","refreshJwt":"refresh","active":true}
            """.getBytes(UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();

    HangingNetwork() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::hold);
        server.createContext("/xrpc/com.atproto.server.createSession", HangingNetwork::login);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests it has taken without answering. */
    int held() {
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
