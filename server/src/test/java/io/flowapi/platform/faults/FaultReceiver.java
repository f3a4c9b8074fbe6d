package io.flowapi.platform.faults;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** An error tracker on loopback, which keeps what it is sent; or takes it and never answers. */
final class FaultReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<String> envelopes = new CopyOnWriteArrayList<>();
    private final CountDownLatch answering;

    private FaultReceiver(CountDownLatch answering) {
        this.answering = answering;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/42/envelope/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            envelopes.add(new String(packed ? unpacked(body) : body, StandardCharsets.UTF_8));
            await(answering);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    static FaultReceiver start() {
        return new FaultReceiver(new CountDownLatch(0));
    }

    static FaultReceiver hanging() {
        return new FaultReceiver(new CountDownLatch(1));
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    String dsn() {
        return "http://publickey@127.0.0.1:" + server.getAddress().getPort() + "/42";
    }

    List<String> envelopes() {
        return envelopes;
    }

    @Override
    public void close() {
        answering.countDown();
        server.stop(0);
    }
}
