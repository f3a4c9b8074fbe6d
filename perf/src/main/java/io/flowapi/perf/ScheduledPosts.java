package io.flowapi.perf;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Schedules posts over HTTP, waits until they are out, and reads how late each was. */
record ScheduledPosts(ServerUnderTest server, String channel) {

    private static final int CALLERS = 8;
    private static final int CREATED_PER_SECOND = 200;
    /** On a busy machine creating them takes longer than thought: then again, with twice the time. */
    private static final int ATTEMPTS_MAX = 5;

    private static final Duration LEAD = Duration.ofSeconds(2);
    private static final Duration OUT_MAX = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** @param apart the time from one to the next; zero makes all of them due at once */
    Lateness run(String name, int posts, Duration apart) throws IOException, InterruptedException {
        Duration lead = LEAD.plusSeconds(posts / CREATED_PER_SECOND);
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            String run = "run-" + System.nanoTime();
            Instant first = Instant.now().plus(lead);
            create(run, posts, first, apart);
            boolean inTime = Instant.now().isBefore(first);
            awaitOut(run, first.plus(apart.multipliedBy(posts)));
            if (inTime) {
                return lateness(name, run);
            }
            lead = lead.multipliedBy(2);
        }
        throw new IOException("The posts were never all created before the first was due: the machine is too busy.");
    }

    private Lateness lateness(String name, String run) throws IOException {
        List<JsonNode> targets = targets(run);
        return new Lateness(
                name,
                millis(targets, target -> target.path("latenessMs").longValue()),
                millis(
                        targets,
                        target -> Duration.between(at(target, "scheduledAt"), at(target, "publishedAt"))
                                .toMillis()));
    }

    private void create(String run, int posts, Instant first, Duration apart) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Callable<Void>> callers = IntStream.range(0, CALLERS)
                    .<Callable<Void>>mapToObj(caller -> () -> create(run, posts, first, apart, caller))
                    .toList();
            for (Future<Void> done : threads.invokeAll(callers)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("The posts could not be created.", failed);
        }
    }

    private Void create(String run, int posts, Instant first, Duration apart, int caller) throws IOException {
        try (HttpCall call = new HttpCall(server, server.liveKey())) {
            for (int i = caller; i < posts; i += CALLERS) {
                call.create("/v1/posts", Json.text(post(run, i, first.plus(apart.multipliedBy(i)))));
            }
        }
        return null;
    }

    private Map<String, Object> post(String run, int number, Instant due) {
        return Map.of(
                "content",
                "Post " + number + " of " + run,
                "targets",
                List.of(Map.of("channelId", channel)),
                "scheduledAt",
                due,
                "externalId",
                run);
    }

    /** Looks only when the last was due: each look costs what is measured. */
    private void awaitOut(String run, Instant last) throws IOException {
        LockSupport.parkNanos(
                Duration.between(Instant.now(), last.plus(LOOK_AGAIN)).toNanos());
        long deadline = System.nanoTime() + OUT_MAX.toNanos();
        try (HttpCall look = new HttpCall(server, server.liveKey())) {
            while (some(look, run, "scheduled") || some(look, run, "publishing")) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("Posts are still not out after " + OUT_MAX);
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private static boolean some(HttpCall look, String run, String status) throws IOException {
        return !look.get("/v1/posts?externalId=" + run + "&limit=1&status=" + status)
                .startsWith("{\"data\":[]");
    }

    private List<JsonNode> targets(String run) throws IOException {
        List<JsonNode> targets = new ArrayList<>();
        try (HttpCall look = new HttpCall(server, server.liveKey())) {
            String query = "/v1/posts?externalId=" + run + "&limit=100";
            String next = query;
            while (!next.isEmpty()) {
                JsonNode page = Json.tree(look.get(next));
                page.path("data").forEach(post -> targets.add(published(post)));
                next = page.path("hasMore").asBoolean()
                        ? query + "&cursor=" + page.path("nextCursor").asText()
                        : "";
            }
        }
        return targets;
    }

    private static JsonNode published(JsonNode post) {
        if (!post.path("status").asText().equals("published")) {
            throw new IllegalStateException("not published: " + post);
        }
        return post.at("/targets/0");
    }

    private static Instant at(JsonNode target, String time) {
        return Instant.parse(target.path(time).asText());
    }

    private static long[] millis(List<JsonNode> targets, ToLongFunction<JsonNode> late) {
        return targets.stream().mapToLong(late).sorted().toArray();
    }
}
