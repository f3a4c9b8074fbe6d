package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThousandPostsTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration LATE = Duration.ofMillis(250);
    private static final int CHANNELS = 25;
    private static final int POSTS = 40;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();

    @Test
    void a_thousand_that_are_due_in_the_same_second_all_go_out_once_and_say_how_late() {
        Instant due = flow.clock().instant().plus(Duration.ofMinutes(1));
        List<String> channels = Stream.generate(alice::channel).limit(CHANNELS).toList();
        IntStream.range(0, POSTS).forEach(number -> schedule("post " + number, channels, due));
        flow.startWorker();

        flow.clock().advance(Duration.between(flow.clock().instant(), due).plus(LATE));
        // Any change wakes the worker, whose own clock goes on while the test's has jumped.
        alice.draft(channels.getFirst(), "wakes");
        Await.within(
                WITHIN,
                () -> posts("scheduled").isEmpty() && posts("publishing").isEmpty());

        JsonNode published = posts("published");
        assertThat(published).hasSize(POSTS);
        assertThat(channels)
                .allSatisfy(channel ->
                        assertThat(alice.timeline(channel)).hasSize(POSTS).doesNotHaveDuplicates());
        published.forEach(
                post -> assertThat(post.path("targets")).hasSize(CHANNELS).allSatisfy(target -> isTimed(target, due)));
    }

    private static void isTimed(JsonNode target, Instant due) {
        assertThat(Instant.parse(target.path("scheduledAt").asText())).isEqualTo(due);
        assertThat(Instant.parse(target.path("claimedAt").asText())).isEqualTo(due.plus(LATE));
        assertThat(Instant.parse(target.path("sentAt").asText())).isEqualTo(due.plus(LATE));
        assertThat(Instant.parse(target.path("publishedAt").asText())).isEqualTo(due.plus(LATE));
        assertThat(target.path("latenessMs").asLong()).isEqualTo(LATE.toMillis());
    }

    private JsonNode posts(String status) {
        return alice.get("/v1/posts?limit=100&status=" + status).ok().path("data");
    }

    private void schedule(String content, List<String> channels, Instant due) {
        List<Map<String, String>> targets =
                channels.stream().map(channel -> Map.of("channelId", channel)).toList();
        alice.post("/v1/posts", Json.text(Map.of("content", content, "targets", targets, "scheduledAt", due)))
                .created();
    }
}
