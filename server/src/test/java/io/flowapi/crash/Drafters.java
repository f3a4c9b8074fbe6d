package io.flowapi.crash;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Callers that create drafts as fast as they can, each on a client of its own, until nobody takes their connections. */
final class Drafters implements AutoCloseable {

    private static final int KEPT = 4;
    private static final int ALL = 8;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Api api;
    private final String channel;
    private final List<Thread> callers;
    private volatile boolean stopping;

    private Drafters(Api api) {
        this.api = api;
        this.channel = api.sandboxChannel();
        this.callers = IntStream.range(0, ALL)
                .mapToObj(caller -> Thread.ofPlatform().daemon().unstarted(() -> draft(caller)))
                .toList();
    }

    static Drafters start(Api api) {
        Drafters drafters = new Drafters(api);
        drafters.callers.forEach(Thread::start);
        return drafters;
    }

    private void draft(int caller) {
        HttpClient kept = client();
        for (int number = 0; !stopping; number++) {
            String content = "draft-" + caller + "-" + number;
            if (caller < KEPT) {
                send(kept, content);
            } else {
                try (HttpClient fresh = client()) {
                    send(fresh, content);
                }
            }
        }
        kept.close();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private void send(HttpClient client, String content) {
        String json = "{\"content\":\"" + content + "\",\"targets\":[{\"channelId\":\"" + channel + "\"}]}";
        URI posts = api.url().resolve("/v1/posts");
        HttpRequest request = HttpRequest.newBuilder(posts)
                .header("Authorization", "Bearer " + api.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                acknowledged.add(content);
            } else {
                refusals.add(answer.statusCode() + " " + answer.body());
                stopping = true;
            }
        } catch (ConnectException nobodyThere) {
            stopping = true;
        } catch (IOException ended) {
            unanswered.add(content);
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    int answered() {
        return acknowledged.size();
    }

    Collection<String> acknowledged() {
        return acknowledged;
    }

    /** Whose connection ended without a word: it must not have been done. */
    Collection<String> unanswered() {
        return unanswered;
    }

    Collection<String> refusals() {
        return refusals;
    }

    void awaitEnd() {
        try {
            for (Thread caller : callers) {
                caller.join();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        awaitEnd();
    }
}
