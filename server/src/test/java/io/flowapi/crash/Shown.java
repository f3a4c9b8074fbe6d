package io.flowapi.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What the API and the network show.
 *
 * @param posts by id
 * @param timeline the contents that the network shows, as often as they are there
 */
record Shown(Map<String, JsonNode> posts, List<String> timeline) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** Looks when nothing is on its way, or when this time is over: then what is left counts as not published. */
    static Shown whenSettled(Api api, Network network, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (anythingOnItsWay(api) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        Map<String, JsonNode> posts = new HashMap<>();
        api.all("/v1/posts").forEach(post -> posts.put(post.path("id").asText(), post));
        return new Shown(posts, network.timeline(api));
    }

    private static boolean anythingOnItsWay(Api api) {
        return !api.get("/v1/posts?status=publishing&limit=1").path("data").isEmpty();
    }

    int unpublished() {
        return (int) posts.values().stream()
                .filter(post -> !post.path("status").asText().equals("published"))
                .count();
    }

    /**
     * How long after this restart the first post went out of those that the death before it had left over. Empty when
     * there were none, or when the next death came first.
     */
    Optional<Duration> recovery(Restart restart, Instant nextDeath) {
        return posts.values().stream()
                .filter(post -> at(post, "/createdAt").isBefore(restart.died()))
                .map(post -> at(post, "/targets/0/publishedAt"))
                .filter(published -> published.isAfter(restart.died()) && published.isBefore(nextDeath))
                .min(Instant::compareTo)
                .map(published -> Duration.between(restart.ready(), published));
    }

    private static Instant at(JsonNode post, String pointer) {
        String text = post.at(pointer).asText();
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }
}
