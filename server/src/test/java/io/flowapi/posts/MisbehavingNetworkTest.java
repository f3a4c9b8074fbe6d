package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sandbox network does what the content asks for; the post tells the truth about it. */
class MisbehavingNetworkTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void a_rate_limit_is_waited_for() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "[sandbox:rate-limited]");

        flow.runDueJobs();
        JsonNode waiting = alice.getPost(id);
        flow.clock().advance(Duration.ofMillis(999));
        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();

        JsonNode done = alice.getPost(id);
        assertThat(waiting.path("status").asText()).isEqualTo("publishing");
        assertThat(waiting.at("/targets/0/status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/targets/0/error/category").asText()).isEqualTo("rate_limited");
        assertThat(waiting.at("/targets/0/error/retryable").asBoolean()).isTrue();
        assertThat(waiting.at("/targets/0/error/providerStatus").asInt()).isEqualTo(429);
        assertThat(done.path("status").asText()).isEqualTo("published");
        assertThat(done.at("/targets/0/attempts").asInt()).isEqualTo(2);
        assertThat(done.at("/targets/0").has("error")).isFalse();
        assertThat(alice.timeline(channel)).hasSize(1);
    }

    @Test
    void a_lost_answer_is_resolved_without_sending_again() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "[sandbox:timeout]");

        flow.runDueJobs();
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(post.at("/targets/0").has("error")).isFalse();
        assertThat(alice.timeline(channel)).containsExactly("[sandbox:timeout]");
    }

    @Test
    void a_network_that_keeps_failing_is_given_up_after_five_attempts() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "[sandbox:server-error]");

        flow.runDueJobs();
        JsonNode waiting = alice.getPost(id);
        for (int seconds : new int[] {1, 2, 4, 8}) {
            flow.clock().advance(Duration.ofSeconds(seconds));
            flow.runDueJobs();
        }

        JsonNode post = alice.getPost(id);
        assertThat(waiting.path("status").asText()).isEqualTo("publishing");
        assertThat(waiting.at("/targets/0/status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/targets/0/error/category").asText()).isEqualTo("provider_error");
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(5);
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("provider_error");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("provider_unavailable");
        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void a_refusal_is_final() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "[sandbox:rejected]");

        flow.runDueJobs();
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("provider_rejected");
        assertThat(post.at("/targets/0/error/retryable").asBoolean()).isFalse();
        assertThat(post.at("/targets/0/error/remediation").asText()).isNotBlank();
        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void refused_credentials_ask_for_new_ones() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "[sandbox:auth-revoked]");

        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("auth_expired");
        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("reauthorization_required");
        assertThat(alice.get("/v1/channels/" + channel).ok().path("version").asInt())
                .isEqualTo(2);
    }

    @Test
    void one_failure_of_two_is_partially_published() {
        TestCaller alice = flow.caller();
        String good = alice.channel();
        String bad = alice.channel();

        String id = alice.post("/v1/posts", """
                        {"content":"Good","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"[sandbox:rejected]"}]}
                        """.formatted(good, bad)).created();
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("partially_published");
        assertThat(post.at("/targets/0/status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/1/status").asText()).isEqualTo("failed");
        assertThat(alice.timeline(good)).containsExactly("Good");
        assertThat(alice.timeline(bad)).isEmpty();
    }

    @Test
    void every_change_is_a_new_version() {
        TestCaller alice = flow.caller();
        String id = alice.draft(alice.channel(), "Hi");
        int before = alice.getPost(id).path("version").asInt();

        alice.post("/v1/posts/" + id + "/publish").expect(200);
        int accepted = alice.getPost(id).path("version").asInt();
        flow.runDueJobs();

        assertThat(before).isEqualTo(1);
        assertThat(accepted).isGreaterThan(before);
        assertThat(alice.getPost(id).path("version").asInt()).isGreaterThan(accepted);
    }
}
