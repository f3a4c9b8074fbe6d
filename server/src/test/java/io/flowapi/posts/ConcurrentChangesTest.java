package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two who ask for different things at the same moment. */
class ConcurrentChangesTest {

    private static final int CHANGES = 300;
    private static final int ROUNDS = 60;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String one = alice.channel();
    private final String other = alice.channel();

    @Test
    void a_post_is_shown_as_it_was_at_one_moment() throws InterruptedException {
        String id = alice.draft(one, "one");
        AtomicBoolean end = new AtomicBoolean();
        Thread changer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < CHANGES; i++) {
                String json =
                        i % 2 == 0 ? TestCaller.postJson(other, "other", "") : TestCaller.postJson(one, "one", "");
                alice.patch("/v1/posts/" + id, json).expect(200);
            }
            end.set(true);
        });

        while (!end.get()) {
            JsonNode post = alice.getPost(id);
            String channel = post.path("content").asText().equals("one") ? one : other;
            assertThat(post.path("targets")).hasSize(1);
            assertThat(post.at("/targets/0/channelId").asText()).isEqualTo(channel);
        }
        changer.join();
    }

    @Test
    void an_acknowledged_change_is_not_deleted_by_who_has_seen_the_version_before() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String id = "/v1/posts/"
                    + alice.schedule(one, "One", flow.clock().instant().plus(Duration.ofHours(1)));
            AtomicInteger patched = new AtomicInteger();
            Thread editor = Thread.ofPlatform()
                    .start(() ->
                            patched.set(alice.patch(id, "{\"content\":\"Two\"}").status()));

            Answer deleted = alice.delete(id + "?fromProvider=true", "If-Match", "\"1\"");
            editor.join();

            assertThat(deleted.status() == 200 && patched.get() == 200)
                    .as("both were told that they had their way")
                    .isFalse();
        }
    }
}
