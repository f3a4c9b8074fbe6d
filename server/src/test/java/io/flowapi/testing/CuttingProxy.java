package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and fails as the test says, one connection at a time. */
public final class CuttingProxy implements AutoCloseable {

    /** Below those of outgoing connections: nobody takes the port, not even its own client, while it refuses. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 10_000;
    private static final int PORT_TRIES_MAX = 50;
    private static final int BACKLOG = 512;

    private final URI upstream;
    private final int port;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private Treatment otherwise = Treatment.forward();
    private volatile ServerSocket door;

    private CuttingProxy(URI upstream) {
        this.upstream = upstream;
        door = openSomewhere();
        port = door.getLocalPort();
        letIn(door);
    }

    public static CuttingProxy before(URI upstream) {
        return new CuttingProxy(upstream);
    }

    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** Treats the next connections so, after those that were spoken for before. */
    public void next(int connections, Treatment treatment) {
        next(connections, "", treatment);
    }

    /** Treats the next connections so whose request line contains this. */
    public synchronized void next(int connections, String request, Treatment treatment) {
        rules.add(new Rule(request, treatment, new AtomicInteger(connections)));
    }

    /** Treats so all connections that nothing else is said about; at first they are forwarded. */
    public synchronized void otherwise(Treatment treatment) {
        otherwise = treatment;
    }

    /** Forgets all that was said, and listens. */
    public synchronized void behave() {
        rules.clear();
        otherwise = Treatment.forward();
        listen();
    }

    /** Refuses connections until told to listen. */
    public synchronized void refuse() {
        close(door);
    }

    public synchronized void listen() {
        if (door.isClosed()) {
            door = open(port);
            letIn(door);
        }
    }

    /** How many came, refused ones not counted. */
    public int connections() {
        return connections.get();
    }

    /** The first lines of the whole requests that came, in their order. Those are missing whose treatment reads none. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many of those contain this. */
    public int requests(String containing) {
        return (int) requests.stream().filter(line -> line.contains(containing)).count();
    }

    private void letIn(ServerSocket here) {
        Thread.ofVirtual().start(() -> {
            try (here) {
                while (true) {
                    Socket client = here.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(client));
                }
            } catch (IOException closed) {
                // The test closed it.
            }
        });
    }

    private void serve(Socket client) {
        try (client;
                Link link = new Link(client, upstream, requests::add)) {
            open.add(link);
            treatmentOf(link).treat(link);
            open.remove(link);
        } catch (IOException | InterruptedException gone) {
            // The client or the upstream left; the other one sees its connection closed.
        }
    }

    private Treatment treatmentOf(Link link) throws IOException {
        return take(someDependOnTheRequest() ? link.requestLine() : "");
    }

    private synchronized boolean someDependOnTheRequest() {
        return rules.stream().anyMatch(rule -> !rule.request.isEmpty());
    }

    private synchronized Treatment take(String requestLine) {
        for (Rule rule : rules) {
            if (requestLine.contains(rule.request)) {
                if (rule.left.decrementAndGet() == 0) {
                    rules.remove(rule);
                }
                return rule.treatment;
            }
        }
        return otherwise;
    }

    private static ServerSocket openSomewhere() {
        for (int tries = 0; tries < PORT_TRIES_MAX; tries++) {
            try {
                return open(FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
            } catch (UncheckedIOException taken) {
                // Another one, then.
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static ServerSocket open(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            return socket;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        close(door);
        open.forEach(CuttingProxy::close);
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception already) {
            throw new IllegalStateException(already);
        }
    }

    private record Rule(String request, Treatment treatment, AtomicInteger left) {}
}
