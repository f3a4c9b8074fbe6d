package io.flowapi.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.client.WebhookRefusedException;
import io.flowapi.client.Webhooks;
import io.flowapi.client.model.Event;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Receives a webhook at {@code http://localhost:8081/flow}, with its secret in {@code FLOW_WEBHOOK_SECRET}: takes what is
 * genuine, does once what has to be done, and only then says that it has come.
 */
final class ReceiveWebhook {

    /** An event of a post with many long targets, and room. */
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    private final String secret;
    private final Consumer<Event> handler;

    /** Yours is a table with a unique id, written in the transaction that does what the event asks for. */
    private final Map<UUID, Boolean> done = new ConcurrentHashMap<>();

    ReceiveWebhook(String secret, Consumer<Event> handler) {
        this.secret = secret;
        this.handler = handler;
    }

    public static void main(String[] arguments) throws IOException {
        ReceiveWebhook webhook = new ReceiveWebhook(System.getenv("FLOW_WEBHOOK_SECRET"), ReceiveWebhook::print);
        webhook.listen(8081);
    }

    static void print(Event event) {
        switch (event.type().value()) {
            case "post.published":
                System.out.println("out: " + event.data().post().content());
                break;
            case "target.failed":
                System.out.println("failed: " + event.data().target().error().remediation());
                break;
            default:
                // Newer servers tell more.
                System.out.println(event.type() + " " + event.resourceId());
        }
    }

    HttpServer listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/flow", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(receive(exchange), -1);
            }
        });
        server.start();
        return server;
    }

    // tag::receive[]
    private int receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            return 413;
        }
        try {
            Event event = Webhooks.unwrap(body, exchange.getRequestHeaders(), secret);
            done.computeIfAbsent(event.id(), first -> handle(event));
            return 204;
        } catch (WebhookRefusedException refused) {
            System.err.println("refused: " + refused.getMessage());
            return 400;
        } catch (RuntimeException fault) {
            // Whatever it is, the event is not done: it comes again.
            System.err.println("not done: " + fault);
            return 500;
        }
    }
    // end::receive[]

    private boolean handle(Event event) {
        handler.accept(event);
        return true;
    }
}
