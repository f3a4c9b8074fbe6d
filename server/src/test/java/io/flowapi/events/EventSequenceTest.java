package io.flowapi.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of a resource's events have no hole and no double, whoever changes it at the same time. */
class EventSequenceTest {

    private static final int CALLERS = 4;
    private static final int ROUNDS = 8;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    /** The version of a post grows with each of its changes, in the order of their commits. */
    @Test
    void changes_at_the_same_time_are_numbered_in_the_order_of_their_commits_without_a_hole() throws Exception {
        String post = alice.draft(channel, "Draft");
        String schedule = "{\"scheduledAt\":\"" + tomorrow() + "\"}";

        together(caller -> {
            for (int i = 0; i < ROUNDS; i++) {
                alice.patch("/v1/posts/" + post, (caller + i) % 2 == 0 ? schedule : "{\"scheduledAt\":null}")
                        .expect(200);
            }
        });

        List<JsonNode> events = events(post).stream()
                .sorted(Comparator.comparing(EventSequenceTest::sequence))
                .toList();
        assertThat(events.stream().map(EventSequenceTest::sequence).toList())
                .isNotEmpty()
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(events.stream()
                        .map(event -> event.at("/data/post/version").asInt())
                        .toList())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private static int sequence(JsonNode event) {
        return event.path("sequence").asInt();
    }

    @Test
    void of_many_who_cancel_one_is_told() throws Exception {
        String post = alice.schedule(channel, "Later", tomorrow());

        together(_ -> alice.post("/v1/posts/" + post + "/cancel"));

        assertThat(events(post).stream().map(event -> event.path("type").asText()))
                .containsExactlyInAnyOrder("post.scheduled", "post.cancelled");
    }

    private static Instant tomorrow() {
        return flow.clock().instant().plus(Duration.ofDays(1));
    }

    private List<JsonNode> events(String resource) {
        List<JsonNode> events = new ArrayList<>();
        alice.get("/v1/events?limit=100&resourceId=" + resource)
                .ok()
                .path("data")
                .forEach(events::add);
        return events;
    }

    private interface Work {
        void of(int caller);
    }

    private static void together(Work work) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Callable<Void>> all = IntStream.range(0, CALLERS)
                    .<Callable<Void>>mapToObj(caller -> () -> {
                        work.of(caller);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : callers.invokeAll(all)) {
                done.get();
            }
        }
    }
}
