package io.flowapi.crash;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Callers that create posts, over every death of the server. A create that is not answered is sent again
 * with its key until it is, so that in the end there is no post of which its caller does not know.
 */
final class Creators implements AutoCloseable {

    private static final int CALLERS = 4;
    /** In step they would lose five answers in a row now and then, and the network would be left alone for a minute. */
    private static final int OUT_OF_STEP = 4;

    private static final Duration RETRY_PAUSE = Duration.ofMillis(20);
    private static final Duration SETTLED_MAX = Duration.ofMinutes(3);

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger replayed = new AtomicInteger();
    private final List<Thread> callers;
    private final Supplier<Api> api;
    private final Network network;
    private volatile boolean stopping;

    private Creators(Supplier<Api> api, Network network) {
        this.api = api;
        this.network = network;
        callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> Thread.ofPlatform().daemon().unstarted(() -> create(caller)))
                .toList();
    }

    /** @param api where the server is now: it moves with every start */
    static Creators start(Supplier<Api> api, Network network) {
        Creators creators = new Creators(api, network);
        creators.callers.forEach(Thread::start);
        return creators;
    }

    private void create(int caller) {
        String channel = network.channels().get(caller % network.channels().size());
        for (int number = 0; !stopping && refusals.isEmpty(); number++) {
            String name = "caller-" + caller + "-post-" + number;
            settle(channel, network.content(name, number + caller * OUT_OF_STEP), name);
            LockSupport.parkNanos(network.pace().toNanos());
        }
    }

    private void settle(String channel, String content, String key) {
        long deadline = System.nanoTime() + SETTLED_MAX.toNanos();
        while (!answered(channel, content, key)) {
            if (System.nanoTime() > deadline) {
                refusals.add(key + " was not answered in " + SETTLED_MAX);
                return;
            }
            LockSupport.parkNanos(RETRY_PAUSE.toNanos());
        }
    }

    private boolean answered(String channel, String content, String key) {
        try {
            HttpResponse<String> answer = api.get().publishNow(channel, content, key);
            if (answer.statusCode() == 503) {
                return false;
            }
            note(content, answer);
            return true;
        } catch (ConnectException down) {
            return false;
        } catch (IOException died) {
            inFlight.incrementAndGet();
            return false;
        }
    }

    private void note(String content, HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            refusals.add(answer.statusCode() + " " + answer.body());
            return;
        }
        acknowledged.put(Json.tree(answer.body()).path("id").asText(), content);
        if (answer.headers().firstValue("Idempotent-Replayed").isPresent()) {
            replayed.incrementAndGet();
        }
    }

    /** Ids and contents of the posts that the server said it has. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** Answers that none of these creates should get. */
    List<String> refusals() {
        return refusals;
    }

    /** Creates that were under way when the server died. */
    int inFlight() {
        return inFlight.get();
    }

    /** Of those, the ones that had been committed: a retry without a key would have made a second post. */
    int replayed() {
        return replayed.get();
    }

    /** Returns when each caller knows what became of its last create. */
    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread caller : callers) {
                caller.join();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
