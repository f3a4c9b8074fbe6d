package io.flowapi.platform.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that are open, and whether the server still wants to keep them. */
public final class Connections {

    /** Taken over the limit, so that a probe is answered and everybody else is told, rather than left waiting. */
    static final int CROWDED_MAX = 64;

    private final HttpLimits limits;
    private final AtomicInteger open = new AtomicInteger();
    /** From the accept to the thread of the connection, which knows it by its other end alone. */
    private final Map<SocketAddress, Accepted> accepted = new ConcurrentHashMap<>();

    private final Set<ClientConnection> served = ConcurrentHashMap.newKeySet();

    private volatile boolean draining;

    public Connections(HttpLimits limits) {
        this.limits = limits;
    }

    /** @param crowded whether it came when there were enough already */
    record Accepted(SocketChannel channel, boolean crowded) {}

    /** From now on each answer is the last of its connection. */
    public void drain() {
        draining = true;
    }

    public boolean draining() {
        return draining;
    }

    HttpLimits limits() {
        return limits;
    }

    /**
     * Makes room by ending the connection that has been without a request for longest: one that is kept for later must not
     * keep anybody out. False when there is none, and even one more that is only told so is too many.
     */
    boolean admit(SocketChannel channel) {
        int number = open.incrementAndGet();
        boolean crowded = number > limits.connectionsMax() && !oneGivesWay();
        if (crowded && number > limits.connectionsMax() + CROWDED_MAX) {
            open.decrementAndGet();
            return false;
        }
        accepted.put(otherEnd(channel), new Accepted(channel, crowded));
        return true;
    }

    private boolean oneGivesWay() {
        Optional<ClientConnection> longest = longestIdle();
        while (longest.isPresent() && !longest.get().givesWay()) {
            longest = longestIdle();
        }
        return longest.isPresent();
    }

    private Optional<ClientConnection> longestIdle() {
        return served.stream()
                .filter(ClientConnection::idle)
                .min(Comparator.comparingLong(ClientConnection::idleSince));
    }

    Accepted take(SocketAddress otherEnd) {
        Accepted taken = accepted.remove(otherEnd);
        if (taken == null) {
            throw new IllegalStateException("a connection that was never accepted");
        }
        return taken;
    }

    int open() {
        return open.get();
    }

    /** Those that are between two requests. */
    long idle() {
        return served.stream().filter(ClientConnection::idle).count();
    }

    /** Those whose request is read or answered. */
    long busy() {
        return served.stream().filter(connection -> !connection.idle()).count();
    }

    void opened(ClientConnection connection) {
        served.add(connection);
    }

    void closed(ClientConnection connection) {
        served.remove(connection);
        open.decrementAndGet();
    }

    private static SocketAddress otherEnd(SocketChannel channel) {
        try {
            return channel.getRemoteAddress();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
