package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteChannelTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void a_deleted_channel_is_gone() {
        TestCaller alice = flow.caller();
        String path = "/v1/channels/" + alice.channel();

        alice.delete(path).expect(204);

        alice.get(path).isProblem(404, "not_found");
        alice.get(path + "/timeline").isProblem(404, "not_found");
        alice.delete(path).isProblem(404, "not_found");
    }

    @Test
    void is_refused_while_posts_wait_for_it_and_names_them() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String one = alice.schedule(channel, "One", tomorrow());
        String other = alice.publishNow(channel, "Other");
        String elsewhere = alice.schedule(alice.channel(), "Elsewhere", tomorrow());

        Answer answer = flow.unchanged(() -> alice.delete("/v1/channels/" + channel));

        answer.isProblem(409, "channel_in_use", "cancelScheduled post_waiting", "cancelScheduled post_waiting");
        assertThat(answer.text()).contains(one, other).doesNotContain(elsewhere);
    }

    @Test
    void cancels_what_waits_when_it_is_told_to() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String otherChannel = alice.channel();
        String only = alice.schedule(channel, "Only here", tomorrow());
        String both = alice.post("/v1/posts", """
                        {"content":"On both","scheduledAt":"%s","targets":[{"channelId":"%s"},{"channelId":"%s"}]}
                        """.formatted(tomorrow(), channel, otherChannel))
                .created();

        alice.delete("/v1/channels/" + channel + "?cancelScheduled=true").expect(204);
        JsonNode waiting = alice.getPost(both);
        flow.clock().advance(Duration.ofDays(2));
        flow.runDueJobs();

        assertThat(alice.getPost(only).path("status").asText()).isEqualTo("cancelled");
        assertThat(alice.getPost(only).at("/targets/0/status").asText()).isEqualTo("cancelled");
        assertThat(waiting.path("status").asText()).isEqualTo("scheduled");
        assertThat(alice.timeline(otherChannel)).containsExactly("On both");
        assertThat(alice.getPost(both).path("status").asText()).isEqualTo("partially_published");
    }

    @Test
    void drafts_do_not_hold_a_channel_and_tell_later_that_it_is_gone() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String draft = alice.draft(channel, "Later");

        alice.delete("/v1/channels/" + channel).expect(204);
        alice.post("/v1/posts/" + draft + "/publish").expect(200);
        flow.runDueJobs();

        JsonNode post = alice.getPost(draft);
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("channel_deleted");
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("account_issue");
        assertThat(post.at("/targets/0/attempts").asInt()).isZero();
    }

    @Test
    void published_posts_do_not_hold_a_channel_and_stay() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = alice.publishNow(channel, "Out");
        flow.runDueJobs();

        alice.delete("/v1/channels/" + channel).expect(204);

        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    private static Instant tomorrow() {
        return flow.clock().instant().plus(Duration.ofDays(1));
    }
}
