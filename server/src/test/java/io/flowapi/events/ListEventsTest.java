package io.flowapi.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListEventsTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);

    /** Everything after it is later than everything before. */
    private static Instant tick() {
        flow.clock().advance(Duration.ofSeconds(1));
        return flow.clock().instant();
    }

    private static Instant tomorrow() {
        return flow.clock().instant().plus(Duration.ofDays(1));
    }

    private static List<JsonNode> listed(TestCaller caller, String query) {
        List<JsonNode> events = new ArrayList<>();
        caller.get("/v1/events?" + query).ok().path("data").forEach(events::add);
        return events;
    }

    private List<String> types(String query) {
        return listed(alice, query).stream()
                .map(event -> event.path("type").asText())
                .toList();
    }

    @Test
    void lists_newest_first_what_each_resource_had_become() {
        String channel = alice.channel();
        JsonNode connected = alice.get("/v1/channels/" + channel).ok();
        Instant at = tick();
        String post = alice.schedule(channel, "Hello", tomorrow());
        JsonNode scheduled = alice.getPost(post);
        tick();
        alice.post("/v1/posts/" + post + "/cancel").expect(200);

        List<JsonNode> events = listed(alice, "");

        assertThat(types("")).containsExactly("post.cancelled", "post.scheduled", "channel.connected");
        JsonNode event = events.get(1);
        assertThat(event.path("id").asText()).hasSize(36);
        assertThat(event.path("timestamp").asText()).isEqualTo(at.toString());
        assertThat(event.path("resourceId").asText()).isEqualTo(post);
        assertThat(event.path("sequence").asInt()).isEqualTo(1);
        assertThat(event.path("data").properties()).hasSize(1);
        assertThat(event.at("/data/post")).isEqualTo(scheduled);
        assertThat(events.get(2).at("/data/channel")).isEqualTo(connected);
        assertThat(events.getFirst().path("sequence").asInt()).isEqualTo(2);
        assertThat(events.getFirst().at("/data/post")).isEqualTo(alice.getPost(post));
    }

    @Test
    void shows_a_target_with_its_post() {
        String post = alice.publishNow(alice.channel(), "Out");
        flow.runDueJobs();

        assertThat(listed(alice, "type=target.published")).singleElement().satisfies(event -> {
            assertThat(event.at("/data/postId").asText()).isEqualTo(post);
            assertThat(event.at("/data/target")).isEqualTo(alice.getPost(post).at("/targets/0"));
            assertThat(event.path("resourceId")).isEqualTo(event.at("/data/target/id"));
        });
    }

    @Test
    void gets_one_as_it_is_listed() {
        alice.channel();
        JsonNode event = listed(alice, "").getFirst();
        String path = "/v1/events/" + event.path("id").asText();

        assertThat(alice.get(path).ok()).isEqualTo(event);
        flow.caller().get(path).isProblem(404, "not_found");
        user.key(Mode.LIVE).get(path).isProblem(404, "not_found");
        alice.get("/v1/events/" + event.path("resourceId").asText()).isProblem(404, "not_found");
    }

    @Test
    void pages_through_everything_while_more_is_written() {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            flow.clock().advance(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
            channels.add(alice.channel());
        }

        List<String> read = new ArrayList<>();
        JsonNode page = alice.get("/v1/events?limit=7").ok();
        page.path("data").forEach(event -> read.add(event.path("resourceId").asText()));
        while (page.path("hasMore").asBoolean()) {
            alice.channel();
            page = alice.get("/v1/events?limit=7&cursor="
                            + page.path("nextCursor").asText())
                    .ok();
            page.path("data").forEach(event -> read.add(event.path("resourceId").asText()));
        }

        assertThat(read).doesNotHaveDuplicates().containsAll(channels);
    }

    @Test
    void filters_by_type_resource_and_time() {
        String channel = alice.channel();
        Instant from = tick();
        String post = alice.schedule(channel, "First", tomorrow());
        Instant to = tick();
        alice.schedule(channel, "Second", tomorrow());
        tick();
        alice.post("/v1/posts/" + post + "/cancel").expect(200);

        assertThat(types("type=post.scheduled")).hasSize(2);
        assertThat(types("resourceId=" + post)).containsExactly("post.cancelled", "post.scheduled");
        assertThat(types("resourceId=" + channel)).containsExactly("channel.connected");
        assertThat(types("from=" + from + "&to=" + to)).containsExactly("post.scheduled");
        assertThat(types("to=" + from)).containsExactly("channel.connected");
        assertThat(types("type=post.cancelled&from=" + to + "&resourceId=" + post))
                .hasSize(1);
        assertThat(types("type=post.cancelled&resourceId=" + channel)).isEmpty();
    }

    @Test
    void refuses_filters_that_cannot_be_read() {
        for (String query : List.of("type=", "type=post", "type=post.exploded", "resourceId=7", "from=today")) {
            alice.get("/v1/events?" + query).isProblem(400, "invalid_parameter");
        }
        alice.channel();
        alice.channel();
        String cursor = alice.get("/v1/events?limit=1").text("nextCursor");
        for (TestCaller other : Set.of(flow.caller(), user.key(Mode.LIVE))) {
            other.get("/v1/events?cursor=" + cursor).isProblem(400, "invalid_parameter", "cursor invalid_cursor");
        }
        alice.get("/v1/events?type=post.failed&cursor=" + cursor)
                .isProblem(400, "invalid_parameter", "cursor invalid_cursor");
    }

    @Test
    void shows_nobody_elses_and_none_of_the_other_mode_to_keys_with_the_scope() {
        TestCaller live = user.key(Mode.LIVE);
        flow.caller().channel();
        String onlyTest = alice.channel();
        String onlyLive = live.channel();

        assertThat(listed(user.key(Mode.TEST, "events:read"), ""))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("resourceId").asText()).isEqualTo(onlyTest));
        assertThat(listed(live, ""))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.path("resourceId").asText()).isEqualTo(onlyLive));
        assertThat(listed(flow.caller(), "resourceId=" + onlyTest)).isEmpty();
        user.key(Mode.TEST, "posts:read", "admin").get("/v1/events").isProblem(403, "insufficient_scope");
    }
}
