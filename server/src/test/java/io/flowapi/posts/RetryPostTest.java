package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryPostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @Test
    void sends_the_failed_targets_again_and_never_a_published_one() {
        String other = alice.channel();
        String id = alice.post("/v1/posts", """
                        {"content":"Out","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"[sandbox:rejected]"}]}
                        """.formatted(channel, other)).created();
        flow.runDueJobs();
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("partially_published");

        JsonNode retried = alice.post("/v1/posts/" + id + "/retry").ok();
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(retried.path("status").asText()).isEqualTo("publishing");
        assertThat(retried.at("/targets/1/status").asText()).isEqualTo("pending");
        assertThat(retried.at("/targets/1").has("error")).isFalse();
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(post.at("/targets/1/attempts").asInt()).isEqualTo(2);
        assertThat(alice.timeline(channel)).containsExactly("Out");
    }

    @Test
    void gives_a_network_that_lost_every_send_all_its_chances_again() {
        String id = alice.publishNow(channel, "[sandbox:server-error]");
        settle();
        assertThat(attempts(id)).isEqualTo(Doubts.SENDS_MAX);

        alice.post("/v1/posts/" + id + "/retry").expect(200);
        settle();

        assertThat(attempts(id)).isEqualTo(2 * Doubts.SENDS_MAX);
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("failed");
    }

    private int attempts(String id) {
        return alice.getPost(id).at("/targets/0/attempts").asInt();
    }

    private static void settle() {
        for (int i = 0; i < 20; i++) {
            flow.runDueJobs();
            flow.clock().advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void refuses_where_nothing_has_failed() {
        String draft = alice.draft(channel, "Draft");
        String published = alice.publishNow(channel, "Out");
        flow.runDueJobs();

        alice.post("/v1/posts/" + draft + "/retry").isProblem(409, "post_not_retryable");
        alice.post("/v1/posts/" + published + "/retry").isProblem(409, "post_not_retryable");
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("Out");
    }
}
