package io.flowapi.perf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Notes when each delivery arrives: at once at {@code /quick}; {@code /counted} only counts; {@code /slow} is slow to answer. */
final class TimedReceiver implements AutoCloseable {

    private static final Duration SLOW = Duration.ofSeconds(9);
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Long> lateMillis = new CopyOnWriteArrayList<>();
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();

    TimedReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.createContext("/quick", this::note);
        server.createContext("/counted", this::count);
        server.createContext("/slow", this::hold);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void note(HttpExchange exchange) throws IOException {
        Instant arrived = Instant.now();
        String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Instant happened = Instant.parse(Json.tree(event).path("timestamp").asText());
        lateMillis.add(Duration.between(happened, arrived).toMillis());
        answer(exchange);
    }

    private void count(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        counted.incrementAndGet();
        answer(exchange);
    }

    private void hold(HttpExchange exchange) throws IOException {
        slow.incrementAndGet();
        LockSupport.parkNanos(SLOW.toNanos());
        answer(exchange);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** From the time of each event to its arrival, ascending; the next begin anew. */
    long[] takeLateMillis() {
        long[] taken = lateMillis.stream().mapToLong(Long::longValue).sorted().toArray();
        lateMillis.clear();
        return taken;
    }

    int noted() {
        return lateMillis.size();
    }

    int counted() {
        return counted.get();
    }

    int slow() {
        return slow.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
