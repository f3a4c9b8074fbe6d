package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** News of yesterday: what the server could not send for a day does not go out by surprise. */
class TooLateTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private Instant inAnHour() {
        return flow.clock().instant().plus(HOUR);
    }

    private static void pass(Duration time) {
        flow.clock().advance(time);
        flow.runDueJobs();
    }

    @Test
    void what_is_a_day_late_goes_out_and_what_is_later_fails_and_says_why() {
        String onTime = alice.schedule(channel, "A day late", inAnHour().plusMillis(1));
        String late = alice.schedule(channel, "Too late", inAnHour());

        pass(HOUR.plus(DAY).plusMillis(1));

        JsonNode post = alice.getPost(late);
        assertThat(alice.getPost(onTime).path("status").asText()).isEqualTo("published");
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/attempts").asInt()).isZero();
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("system_error");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("too_late");
        assertThat(post.at("/targets/0/error/retryable").asBoolean()).isTrue();
        assertThat(post.at("/targets/0/error/remediation").asText()).contains("Retry the post");
        assertThat(alice.timeline(channel)).containsExactly("A day late");
    }

    @Test
    void a_retry_makes_it_due_now() {
        String post = alice.schedule(channel, "Still wanted", inAnHour());
        pass(HOUR.plus(DAY).plus(HOUR));

        alice.post("/v1/posts/" + post + "/retry").expect(200);
        pass(Duration.ZERO);

        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void publishing_it_by_hand_makes_it_due_now() {
        String post = alice.schedule(channel, "Overslept", inAnHour());
        flow.clock().advance(HOUR.plus(DAY).plus(HOUR));

        alice.post("/v1/posts/" + post + "/publish").expect(200);
        pass(Duration.ZERO);

        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void what_was_tried_in_time_and_is_not_out_fails_as_well() {
        String limited = alice.publishNow(channel, "[sandbox:rate-limited]");
        flow.runDueJobs();

        pass(DAY.plusMillis(1));

        JsonNode post = alice.getPost(limited);
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("too_late");
        assertThat(alice.timeline(channel)).isEmpty();
        alice.post("/v1/posts/" + limited + "/retry").expect(200);
        pass(Duration.ZERO);
        assertThat(alice.getPost(limited).path("status").asText()).isEqualTo("published");
    }

    @Test
    void what_may_be_out_is_asked_about_however_late() {
        String lost = alice.publishNow(channel, "[sandbox:timeout]");
        flow.runDueJobs();

        pass(DAY.multipliedBy(3));

        assertThat(alice.getPost(lost).path("status").asText()).isEqualTo("published");
    }

    /** Five sends that a network did not take would be too many, and a day between them is too long. */
    @Test
    void what_the_network_did_not_take_is_not_sent_again_a_day_later() {
        String post = alice.publishNow(channel, "[sandbox:server-error]");
        flow.runDueJobs();
        assertThat(alice.getPost(post).at("/targets/0/error/code").asText()).isEqualTo("not_taken");

        pass(DAY.plusMillis(1));

        assertThat(alice.getPost(post).at("/targets/0/status").asText()).isEqualTo("failed");
        assertThat(alice.getPost(post).at("/targets/0/error/code").asText()).isEqualTo("too_late");
        assertThat(alice.getPost(post).at("/targets/0/attempts").asInt()).isEqualTo(1);
    }

    @Test
    void the_bound_can_be_set_and_zero_is_none() {
        assertThat(afterTwoHours("1")).isEqualTo("failed");
        assertThat(afterTwoHours("3")).isEqualTo("published");
        assertThat(afterTwoHours("0")).isEqualTo("published");
    }

    private static String afterTwoHours(String latenessHoursMax) {
        Flow other = new Flow(Map.of("FLOW_MAX_LATENESS_HOURS", latenessHoursMax));
        other.start();
        try {
            TestCaller bob = other.caller();
            String post = bob.publishNow(bob.channel(), "Late");
            other.clock().advance(HOUR.multipliedBy(2));
            other.runDueJobs();
            return bob.getPost(post).path("status").asText();
        } finally {
            other.stop();
        }
    }
}
