package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who reads a long list sees what was there from the beginning to the end once, whatever happens meanwhile. */
class ListManyPostsTest {

    /** Each create on PostgreSQL is a commit of its own. */
    private static final int POSTS = "postgres".equals(System.getProperty("flow.test.database")) ? 2_000 : 10_000;

    private static final int WRITERS = 8;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();
    private final Random random = new Random(7);
    private List<String> posts;

    @BeforeEach
    void write() {
        ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < POSTS; i++) {
                String content = "Post " + i;
                writers.execute(() -> written.add(alice.draft(channel, content)));
            }
        }
        posts = new ArrayList<>(written);
    }

    @Test
    void nothing_is_lost_and_nothing_comes_twice() {
        assertThat(posts).hasSize(POSTS);
        Set<String> deleted = new HashSet<>();
        List<String> read = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = alice.get("/v1/posts?limit=100" + cursor).ok();
            page.path("data").forEach(post -> read.add(post.path("id").asText()));
            cursor = page.path("hasMore").asBoolean()
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
            change(read.getLast(), deleted);
        }

        List<String> stayed =
                posts.stream().filter(post -> !deleted.contains(post)).toList();
        assertThat(read).doesNotHaveDuplicates().containsAll(stayed);
        assertThat(deleted).isNotEmpty();
    }

    /** One more, one of them less, and the one at which the page ended. */
    private void change(String last, Set<String> deleted) {
        alice.draft(channel, "In between");
        for (String post : List.of(last, posts.get(random.nextInt(posts.size())))) {
            if (alice.delete("/v1/posts/" + post).status() == 204) {
                deleted.add(post);
            }
        }
    }
}
