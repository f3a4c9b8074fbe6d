package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListChannelTimelineTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void shows_what_went_out_newest_first_in_pages() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        for (String content : List.of("One", "Two", "Three")) {
            flow.clock().advance(Duration.ofSeconds(1));
            alice.publishNow(channel, content);
            flow.runDueJobs();
        }

        JsonNode first =
                alice.get("/v1/channels/" + channel + "/timeline?limit=2").ok();
        JsonNode last = alice.get("/v1/channels/" + channel + "/timeline?limit=2&cursor="
                        + first.path("nextCursor").asText())
                .ok();

        assertThat(contents(first)).containsExactly("Three", "Two");
        assertThat(contents(last)).containsExactly("One");
        assertThat(last.path("hasMore").asBoolean()).isFalse();
    }

    @Test
    void names_the_target_and_the_id_that_the_post_tells() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "Hi");
        flow.runDueJobs();

        JsonNode entry = alice.get("/v1/channels/" + channel + "/timeline").ok().at("/data/0");

        JsonNode target = alice.getPost(id).at("/targets/0");
        assertThat(entry.path("targetId").asText()).isEqualTo(target.path("id").asText());
        assertThat(entry.path("id").asText())
                .isEqualTo(target.path("providerPostId").asText());
        assertThat(entry.path("createdAt").asText())
                .isEqualTo(target.path("publishedAt").asText());
    }

    @Test
    void is_empty_before_anything_went_out() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        alice.draft(channel, "Not yet");

        assertThat(alice.timeline(channel)).isEmpty();
    }

    private static List<String> contents(JsonNode page) {
        List<String> contents = new ArrayList<>();
        page.path("data").forEach(entry -> contents.add(entry.path("content").asText()));
        return contents;
    }
}
