package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CancelPostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void a_cancelled_post_never_goes_out() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.schedule(channel, "Never", flow.clock().instant().plus(Duration.ofHours(1)));

        JsonNode answer = alice.post("/v1/posts/" + id + "/cancel").ok();
        flow.clock().advance(Duration.ofHours(2));
        flow.runDueJobs();

        assertThat(answer.path("status").asText()).isEqualTo("cancelled");
        assertThat(answer.at("/targets/0/status").asText()).isEqualTo("cancelled");
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("cancelled");
        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void an_accepted_post_can_be_cancelled_until_a_worker_takes_it() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "Wait");

        alice.post("/v1/posts/" + id + "/cancel").expect(200);
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void refuses_a_published_post() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "Out");
        flow.runDueJobs();

        alice.post("/v1/posts/" + id + "/cancel").isProblem(409, "post_not_cancellable");

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
    }

    @Test
    void refuses_a_post_of_which_one_target_is_out() {
        TestCaller alice = flow.caller();
        String id = alice.post("/v1/posts", """
                        {"content":"Half","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"[sandbox:rate-limited]"}]}
                        """.formatted(alice.channel(), alice.channel()))
                .created();
        flow.runDueJobs();

        alice.post("/v1/posts/" + id + "/cancel").isProblem(409, "post_not_cancellable");

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("publishing");
    }

    @Test
    void refuses_a_second_time() {
        TestCaller alice = flow.caller();
        String path = "/v1/posts/" + alice.draft(alice.channel(), "Never") + "/cancel";
        alice.post(path).expect(200);

        alice.post(path).isProblem(409, "post_not_cancellable");
    }
}
