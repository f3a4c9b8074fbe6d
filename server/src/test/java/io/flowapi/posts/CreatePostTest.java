package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreatePostTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void publishes_now_and_tells_when_and_where() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        String id = alice.publishNow(channel, "Hello");
        flow.runDueJobs();

        JsonNode post = alice.get("/v1/posts/" + id).ok();
        assertThat(post.path("status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(post.at("/targets/0/latenessMs").asLong()).isZero();
        assertThat(alice.timeline(channel)).containsExactly("Hello");
    }
}
