package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListPostsTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void pages_through_everything_while_more_is_written() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        Set<String> before = new HashSet<>();
        for (int i = 0; i < 250; i++) {
            flow.clock().advance(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
            before.add(alice.draft(channel, "Post " + i));
        }

        List<String> read = new ArrayList<>();
        JsonNode page = alice.get("/v1/posts?limit=33").ok();
        while (page.path("hasMore").asBoolean()) {
            read.addAll(ids(page));
            alice.draft(channel, "In between");
            page = alice.get("/v1/posts?limit=33&cursor="
                            + page.path("nextCursor").asText())
                    .ok();
        }
        read.addAll(ids(page));

        assertThat(read).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void lists_twenty_unless_asked_for_more() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        for (int i = 0; i < 21; i++) {
            alice.draft(channel, "Post");
        }

        assertThat(ids(alice.get("/v1/posts").ok())).hasSize(20);
        assertThat(ids(alice.get("/v1/posts?limit=21").ok())).hasSize(21);
        assertThat(alice.get("/v1/posts?limit=21").ok().path("hasMore").asBoolean())
                .isFalse();
        assertThat(ids(alice.get("/v1/posts?limit=1").ok())).hasSize(1);
    }

    @Test
    void shows_each_post_as_it_is_alone() {
        TestCaller alice = flow.caller();
        String id = alice.publishNow(alice.channel(), "[sandbox:rejected]");
        flow.runDueJobs();

        assertThat(alice.get("/v1/posts").ok().at("/data/0")).isEqualTo(alice.getPost(id));
    }

    @Test
    void filters_by_status() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String draft = alice.draft(channel, "Draft");
        String out = alice.publishNow(channel, "Out");
        flow.runDueJobs();

        assertThat(listed(alice, "status=draft")).containsExactly(draft);
        assertThat(listed(alice, "status=published")).containsExactly(out);
        assertThat(listed(alice, "status=failed")).isEmpty();
    }

    @Test
    void filters_by_channel() {
        TestCaller alice = flow.caller();
        String one = alice.channel();
        String post = alice.draft(one, "Here");
        alice.draft(alice.channel(), "There");

        assertThat(listed(alice, "channelId=" + one)).containsExactly(post);
    }

    @Test
    void filters_by_external_id() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = alice.post("/v1/posts", TestCaller.postJson(channel, "Hi", "\"externalId\":\"a b+c\""))
                .created();
        alice.post("/v1/posts", TestCaller.postJson(channel, "Hi", "\"externalId\":\"a\""))
                .created();

        assertThat(listed(alice, "externalId=a%20b%2Bc")).containsExactly(post);
    }

    @Test
    void filters_by_creation_from_a_time_on_and_before_another() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        alice.draft(channel, "Before");
        flow.clock().advance(Duration.ofSeconds(1));
        Instant from = flow.clock().instant();
        String post = alice.draft(channel, "Within");
        flow.clock().advance(Duration.ofSeconds(1));
        Instant to = flow.clock().instant();
        alice.draft(channel, "After");

        assertThat(listed(alice, "from=" + from + "&to=" + to)).containsExactly(post);
        assertThat(listed(alice, "from=" + to + "&to=" + from)).isEmpty();
    }

    @Test
    void keeps_its_filters_from_page_to_page() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        for (int i = 0; i < 3; i++) {
            alice.draft(channel, "Draft");
            alice.publishNow(channel, "Out");
        }

        JsonNode first = alice.get("/v1/posts?status=draft&limit=2").ok();
        JsonNode last = alice.get("/v1/posts?status=draft&limit=2&cursor="
                        + first.path("nextCursor").asText())
                .ok();

        assertThat(last.path("data")).hasSize(1);
        assertThat(last.at("/data/0/status").asText()).isEqualTo("draft");
    }

    @Test
    void refuses_a_cursor_that_is_not_of_this_list() {
        Flow.TestUser user = flow.user();
        TestCaller alice = user.key(Mode.TEST);
        String cursor = cursor(alice, "");
        char last = cursor.charAt(cursor.length() - 2);
        String tampered = cursor.substring(0, cursor.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + cursor.charAt(cursor.length() - 1);

        refused(alice, "/v1/posts?cursor=" + tampered);
        refused(alice, "/v1/posts?cursor=" + cursor.substring(0, cursor.length() / 2));
        refused(alice, "/v1/posts?status=draft&cursor=" + cursor);
        refused(alice, "/v1/channels?cursor=" + cursor);
        refused(flow.caller(), "/v1/posts?cursor=" + cursor);
        refused(user.key(Mode.LIVE), "/v1/posts?cursor=" + cursor);
        user.key(Mode.TEST, "posts:read")
                .get("/v1/posts?limit=5&cursor=" + cursor)
                .expect(200);
    }

    private static String cursor(TestCaller caller, String filter) {
        String channel = caller.channel();
        caller.draft(channel, "One");
        caller.draft(channel, "Other");
        return caller.get("/v1/posts?limit=1" + filter).text("nextCursor");
    }

    private static void refused(TestCaller caller, String target) {
        caller.get(target).isProblem(400, "invalid_parameter", "cursor invalid_cursor");
    }

    private static List<String> listed(TestCaller caller, String query) {
        return ids(caller.get("/v1/posts?" + query).ok());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(post -> ids.add(post.path("id").asText()));
        return ids;
    }
}
