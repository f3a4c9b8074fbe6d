package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishPostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void publishes_a_draft_once() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.draft(channel, "Ready");

        JsonNode answer = alice.post("/v1/posts/" + id + "/publish").ok();
        flow.runDueJobs();

        assertThat(answer.path("status").asText()).isEqualTo("publishing");
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
        assertThat(alice.timeline(channel)).containsExactly("Ready");
    }

    @Test
    void publishes_a_scheduled_post_now_and_not_again_at_its_time() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.schedule(channel, "Early", flow.clock().instant().plus(Duration.ofDays(1)));

        alice.post("/v1/posts/" + id + "/publish").expect(200);
        flow.runDueJobs();
        flow.clock().advance(Duration.ofDays(2));
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(alice.timeline(channel)).containsExactly("Early");
        assertThat(post.has("scheduledAt")).isFalse();
        assertThat(post.at("/targets/0/latenessMs").asLong()).isZero();
    }

    @Test
    void refuses_a_second_time_before_and_after_it_went_out() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String path = "/v1/posts/" + alice.draft(channel, "Once") + "/publish";
        alice.post(path).expect(200);

        alice.post(path).isProblem(409, "post_not_publishable");
        flow.runDueJobs();
        alice.post(path).isProblem(409, "post_not_publishable");
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("Once");
    }

    @Test
    void refuses_a_cancelled_post() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.draft(channel, "Never");
        alice.post("/v1/posts/" + id + "/cancel").expect(200);

        alice.post("/v1/posts/" + id + "/publish").isProblem(409, "post_not_publishable");

        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
    }
}
