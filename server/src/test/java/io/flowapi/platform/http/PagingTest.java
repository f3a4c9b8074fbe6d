package io.flowapi.platform.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PagingTest {

    private static final String LONG = "😀".repeat(10_000);

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void ends_a_page_early_when_its_entries_are_large_and_loses_none() {
        TestCaller alice = flow.caller();
        String json = largePost(alice);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            made.add(alice.post("/v1/posts", json).created());
        }

        List<String> listed = new ArrayList<>();
        String next = "";
        do {
            Answer page = alice.get("/v1/posts?limit=100" + next);
            page.ok().path("data").forEach(post -> listed.add(post.path("id").asText()));
            assertThat(page.bytes().length).isLessThan(Paging.BYTES_MAX + 1000);
            next = "&cursor=" + page.text("nextCursor");
            assertThat(page.body().path("hasMore").asBoolean()).isEqualTo(listed.size() < made.size());
        } while (listed.size() < made.size());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void reads_a_long_page_of_small_entries_in_one_answer() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            made.add(alice.draft(channel, "Hi " + i));
        }

        JsonNode exact = alice.get("/v1/posts?limit=64").ok();
        JsonNode less = alice.get("/v1/posts?limit=63").ok();

        assertThat(exact.path("data").valueStream().map(post -> post.path("id").asText()))
                .containsExactlyInAnyOrderElementsOf(made);
        assertThat(exact.path("hasMore").asBoolean()).isFalse();
        assertThat(less.path("data")).hasSize(63);
        assertThat(less.path("hasMore").asBoolean()).isTrue();
    }

    private static String largePost(TestCaller caller) {
        String targets = Stream.generate(caller::channel)
                .limit(6)
                .map(channel -> "{\"channelId\":\"" + channel + "\",\"content\":\"" + LONG + "\"}")
                .collect(joining(","));
        return "{\"content\":\"" + LONG + "\",\"targets\":[" + targets + "]}";
    }
}
