package io.flowapi.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of webhooks that keeps what it is sent, and answers as its test says. */
public final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Received, Reply> script = _ -> Reply.status(204);

    /**
     * One attempt as it arrived.
     *
     * @param headers by lower-case name
     */
    public record Received(String path, Map<String, List<String>> headers, byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /** The {@code webhook-id}. */
        public String id() {
            return header("webhook-id");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String type() {
            return Json.tree(text()).path("type").asText();
        }
    }

    /** What is answered. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {

        public static Reply status(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body);
        }

        public Reply saying(String text) {
            return new Reply(status, headers, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private WebhookReceiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** Takes everything, until it is told otherwise. */
    public static WebhookReceiver start() {
        return new WebhookReceiver(0);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void answers(Function<Received, Reply> told) {
        script = told;
    }

    public void answers(Reply always) {
        answers(_ -> always);
    }

    /** Holds whoever calls until this receiver is closed. */
    public Reply hang() {
        try {
            closed.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return Reply.status(503);
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** What arrived at this path. */
    public List<Received> received(String path) {
        return received.stream().filter(attempt -> attempt.path().equals(path)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            Received attempt = new Received(
                    exchange.getRequestURI().getPath(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            received.add(attempt);
            Reply reply = script.apply(attempt);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
