package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListPostAttemptsTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @Test
    void tells_each_send_and_what_came_of_it_newest_first() {
        String id = alice.publishNow(channel, "[sandbox:rate-limited]");
        flow.runDueJobs();
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();

        JsonNode attempts = alice.get("/v1/posts/" + id + "/attempts").ok().path("data");

        assertThat(attempts).hasSize(2);
        assertThat(attempts.at("/0/number").asInt()).isEqualTo(2);
        assertThat(attempts.at("/0/outcome").asText()).isEqualTo("published");
        assertThat(attempts.at("/0").has("error")).isFalse();
        assertThat(attempts.at("/1/outcome").asText()).isEqualTo("not_sent");
        assertThat(attempts.at("/1/error/code").asText()).isEqualTo("rate_limited");
        assertThat(attempts.at("/1/targetId")).isEqualTo(alice.getPost(id).at("/targets/0/id"));
    }

    @Test
    void a_resolved_send_says_that_it_was_found() {
        String id = alice.publishNow(channel, "[sandbox:timeout]");
        flow.runDueJobs();

        assertThat(alice.get("/v1/posts/" + id + "/attempts")
                        .ok()
                        .at("/data/0/outcome")
                        .asText())
                .isEqualTo("found");
    }

    @Test
    void is_paged() {
        String id = alice.publishNow(channel, "[sandbox:server-error]");
        for (int i = 0; i < 20; i++) {
            flow.runDueJobs();
            flow.clock().advance(Duration.ofMinutes(1));
        }
        List<Integer> numbers = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    alice.get("/v1/posts/" + id + "/attempts?limit=2" + cursor).ok();
            page.path("data")
                    .forEach(attempt -> numbers.add(attempt.path("number").asInt()));
            cursor = page.path("hasMore").asBoolean()
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(numbers).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void a_draft_has_none() {
        assertThat(alice.get("/v1/posts/" + alice.draft(channel, "Draft") + "/attempts")
                        .ok()
                        .path("data"))
                .isEmpty();
    }
}
