package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetChannelQuotaTest {

    private static final String LAST = "[sandbox:quota]";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private JsonNode windows() {
        return alice.get("/v1/channels/" + channel + "/quota").ok().path("windows");
    }

    private String publish(String content) {
        String id = alice.publishNow(channel, content);
        flow.runDueJobs();
        return id;
    }

    private JsonNode target(String post) {
        return alice.getPost(post).at("/targets/0");
    }

    @Test
    void is_empty_while_the_network_has_told_nothing() {
        publish("Hello");

        assertThat(windows()).isEmpty();
    }

    @Test
    void is_what_the_network_told_last() {
        Instant now = flow.clock().instant();
        publish(LAST);

        assertThat(windows()).hasSize(1);
        JsonNode window = windows().path(0);
        assertThat(window.path("name").asText()).isEqualTo("posts");
        assertThat(window.path("limit").asLong()).isEqualTo(100);
        assertThat(window.path("remaining").asLong()).isZero();
        assertThat(Instant.parse(window.path("observedAt").asText())).isEqualTo(now);
        assertThat(Instant.parse(window.path("resetAt").asText())).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void posts_wait_without_an_attempt_until_the_network_takes_them_again() {
        assertThat(target(publish(LAST)).path("status").asText()).isEqualTo("published");
        String post = publish("waits");
        flow.clock().advance(Duration.ofMillis(59_999));
        flow.runDueJobs();

        JsonNode waiting = target(post);
        assertThat(waiting.path("status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/error/category").asText()).isEqualTo("rate_limited");
        assertThat(waiting.at("/error/code").asText()).isEqualTo("quota_used_up");
        assertThat(waiting.path("attempts").asInt()).isZero();
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();
        assertThat(target(post).path("status").asText()).isEqualTo("published");
        assertThat(target(post).path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void other_channels_do_not_wait() {
        publish(LAST);

        String elsewhere = alice.publishNow(alice.channel(), "elsewhere");
        flow.runDueJobs();

        assertThat(target(elsewhere).path("status").asText()).isEqualTo("published");
    }

    @Test
    void is_nothing_of_somebody_else() {
        flow.caller().get("/v1/channels/" + channel + "/quota").isProblem(404, "not_found");
    }

    @Test
    void goes_with_its_channel() {
        publish(LAST);

        alice.delete("/v1/channels/" + channel).expect(204);

        alice.get("/v1/channels/" + channel + "/quota").isProblem(404, "not_found");
    }
}
