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
    void shows_what_was_sent_and_what_the_network_answered() {
        String id = alice.publishNow(channel, "[sandbox:rate-limited]");
        flow.runDueJobs();
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();
        String published = alice.getPost(id).at("/targets/0/providerPostId").asText();

        JsonNode attempts = alice.get("/v1/posts/" + id + "/attempts").ok().path("data");

        assertThat(attempts.at("/0/request").asText()).isEqualTo("[sandbox:rate-limited]");
        assertThat(attempts.at("/0/response/status").asInt()).isEqualTo(201);
        assertThat(attempts.at("/0/response/body").asText()).isEqualTo("{\"id\":\"" + published + "\"}");
        assertThat(attempts.at("/1/request")).isEqualTo(attempts.at("/0/request"));
        assertThat(attempts.at("/1/response/status").asInt()).isEqualTo(429);
    }

    @Test
    void the_answer_to_a_send_stays_whatever_is_found_out_later() {
        String silent = alice.publishNow(channel, "[sandbox:timeout]");
        String failing = alice.publishNow(channel, "[sandbox:server-error]");
        flow.runDueJobs();

        JsonNode unanswered =
                alice.get("/v1/posts/" + silent + "/attempts").ok().at("/data/0");
        JsonNode absent = alice.get("/v1/posts/" + failing + "/attempts").ok().at("/data/0");

        assertThat(unanswered.has("response")).isFalse();
        assertThat(absent.path("outcome").asText()).isEqualTo("absent");
        assertThat(absent.at("/response/status").asInt()).isEqualTo(500);
    }

    @Test
    void what_looks_like_a_secret_is_not_shown_and_what_is_long_is_cut() {
        String id = alice.publishNow(
                channel, "Our key is " + alice.key() + ", Authorization: Bearer abcdef123456. " + "x".repeat(9000));
        String longest = alice.publishNow(channel, "\uD83D\uDE00".repeat(10_000));
        flow.runDueJobs();

        String shown = alice.get("/v1/posts/" + id + "/attempts")
                .ok()
                .at("/data/0/request")
                .asText();
        String cut = alice.get("/v1/posts/" + longest + "/attempts")
                .ok()
                .at("/data/0/request")
                .asText();

        assertThat(shown).contains("Our key is flow_test_[redacted]").doesNotContain(alice.key(), "abcdef123456");
        assertThat(alice.timeline(channel))
                .as("what goes out is what was written")
                .anyMatch(text -> text.contains(alice.key()));
        assertThat(cut).hasSize(16_384);
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
