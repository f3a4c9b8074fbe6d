package io.flowapi.crash;

import io.flowapi.testing.Wire;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Asks for readiness again and again, each time on a new connection, until nobody takes it. */
final class Probes implements AutoCloseable {

    private final List<Integer> words = new ArrayList<>();
    private final Thread probing;
    private volatile boolean stopping;

    private Probes(Api api) {
        probing = Thread.ofPlatform().daemon().unstarted(() -> probe(api.url().getPort()));
    }

    static Probes start(Api api) {
        Probes probes = new Probes(api);
        probes.probing.start();
        return probes;
    }

    private void probe(int port) {
        while (!stopping) {
            try {
                note(Wire.send(port, "GET /health/readiness HTTP/1.1").status());
            } catch (UncheckedIOException ended) {
                stopping = true;
            }
        }
    }

    private synchronized void note(int status) {
        if (words.isEmpty() || words.getLast() != status) {
            words.add(status);
        }
    }

    /** What it answered, each status once for as long as it stayed. */
    synchronized List<Integer> words() {
        return List.copyOf(words);
    }

    boolean said(int status) {
        return words().contains(status);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            probing.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
