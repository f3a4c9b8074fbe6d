package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostsOnDeletedChannelTest {

    private static final int MANY = 5_000;

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void what_is_left_can_be_cancelled() {
        TestCaller alice = flow.caller();
        String id = halfCancelled(alice, alice.channel());

        alice.post("/v1/posts/" + id + "/cancel").expect(200);

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void what_is_left_can_be_published() {
        TestCaller alice = flow.caller();
        String left = alice.channel();
        String id = halfCancelled(alice, left);

        alice.post("/v1/posts/" + id + "/publish").expect(200);
        flow.runDueJobs();

        assertThat(alice.timeline(left)).containsExactly("Both");
        assertThat(alice.getPost(id).at("/targets/0/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void very_many_are_named_in_part_and_cancelled_at_once() {
        Flow.TestUser user = flow.user();
        TestCaller alice = user.key(Mode.TEST);
        String channel = alice.channel();
        String first = alice.schedule(channel, "Many", tomorrow());
        copy(UUID.fromString(first));

        Answer refused = alice.delete("/v1/channels/" + channel);
        alice.delete("/v1/channels/" + channel + "?cancelScheduled=true").expect(204);

        // More than a transaction may take would have been a 503.
        refused.isProblem(409, "channel_in_use");
        assertThat(refused.errors()).hasSize(100);
        assertThat(refused.text()).contains(MANY + " posts");
        assertThat(count("posts where status = 'cancelled' and content = 'Many'"))
                .isEqualTo(MANY);
        assertThat(count("targets where status = 'cancelled' and channel_id = '" + channel + "'"))
                .isEqualTo(MANY);
        assertThat(count("jobs where subject in (select id from targets where channel_id = '" + channel + "')"))
                .isZero();
    }

    private static String halfCancelled(TestCaller caller, String left) {
        String gone = caller.channel();
        String id =
                caller.post("/v1/posts", """
                        {"content":"Both","scheduledAt":"%s","targets":[{"channelId":"%s"},{"channelId":"%s"}]}
                        """.formatted(tomorrow(), gone, left)).created();
        caller.delete("/v1/channels/" + gone + "?cancelScheduled=true").expect(204);
        return id;
    }

    /** Rows as the stores write them: over HTTP so many would take minutes. */
    private static void copy(UUID post) {
        JobQueue queue = new JobQueue(flow.installation().ids());
        flow.installation().database().write(tx -> {
            for (int i = 1; i < MANY; i++) {
                String id = flow.installation().ids().next().toString();
                String target = flow.installation().ids().next().toString();
                tx.execute(
                        "insert into posts (id, user_id, mode, content, metadata, status, scheduled_at, created_at,"
                                + " updated_at, version) select ?, user_id, mode, content, metadata, status, scheduled_at,"
                                + " created_at, updated_at, version from posts where id = ?",
                        id,
                        post.toString());
                tx.execute(
                        "insert into targets (id, post_id, position, channel_id, provider, status, due_at, attempts)"
                                + " select ?, ?, position, channel_id, provider, status, due_at, attempts from targets"
                                + " where post_id = ?",
                        target,
                        id,
                        post.toString());
                queue.enqueue(
                        tx, PublishTarget.of(UUID.fromString(target), Provider.SANDBOX, Priority.TIMELY), tomorrow());
            }
            return true;
        });
    }

    private static long count(String rows) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from " + rows)
                        .mapTo(Long.class)
                        .one());
    }

    private static Instant tomorrow() {
        return flow.clock().instant().plus(Duration.ofDays(1));
    }
}
