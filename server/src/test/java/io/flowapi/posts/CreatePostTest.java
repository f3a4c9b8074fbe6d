package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(post.at("/targets/0/latenessMs").asLong()).isZero();
        assertThat(alice.timeline(channel)).containsExactly("Hello");
    }

    @Test
    void answers_before_anything_is_sent_what_it_will_answer_again() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        Answer made = alice.post("/v1/posts", TestCaller.postJson(channel, "Hello", "\"publishNow\":true"));

        String id = made.created();
        assertThat(made.header("Location")).isEqualTo("/v1/posts/" + id);
        assertThat(made.text("status")).isEqualTo("publishing");
        assertThat(made.text("targets/0/status")).isEqualTo("pending");
        assertThat(alice.timeline(channel)).isEmpty();
        assertThat(alice.getPost(id)).isEqualTo(made.body());
    }

    @Test
    void keeps_a_draft_for_itself() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();

        String id = alice.draft(channel, "Not yet");
        flow.clock().advance(Duration.ofDays(500));
        flow.runDueJobs();

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("draft");
        assertThat(alice.timeline(channel)).isEmpty();
    }

    @Test
    void sends_nothing_before_its_time_and_everything_when_it_is_due() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        Instant due = flow.clock().instant().plus(Duration.ofHours(2));
        String id = alice.schedule(channel, "On time", due);
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("scheduled");

        flow.clock().advance(Duration.ofHours(2).minusMillis(1));
        flow.runDueJobs();
        assertThat(alice.timeline(channel)).isEmpty();
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(alice.timeline(channel)).containsExactly("On time");
        assertThat(post.path("status").asText()).isEqualTo("published");
        assertThat(post.path("scheduledAt").asText()).isEqualTo(due.toString());
        assertThat(post.at("/targets/0/sentAt").asText()).isEqualTo(due.toString());
        assertThat(post.at("/targets/0/latenessMs").asLong()).isZero();
    }

    @Test
    void tells_by_how_much_a_post_was_late() {
        TestCaller alice = flow.caller();
        String id =
                alice.schedule(alice.channel(), "Late", flow.clock().instant().plus(Duration.ofHours(1)));

        flow.clock().advance(Duration.ofHours(1).plusMillis(1234));
        flow.runDueJobs();

        assertThat(alice.getPost(id).at("/targets/0/latenessMs").asLong()).isEqualTo(1234);
    }

    @Test
    void takes_a_time_of_a_minute_ago_as_due() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        Instant past = flow.clock().instant().minusSeconds(60);

        alice.schedule(channel, "Just now", past);
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly("Just now");
    }

    @Test
    void refuses_a_time_that_is_too_far_past_or_ahead() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        Instant now = flow.clock().instant();

        Answer past =
                flow.unchanged(() -> at(alice, channel, now.minusSeconds(60).minusMillis(1)));
        Answer ahead = flow.unchanged(
                () -> at(alice, channel, now.plus(Duration.ofDays(400)).plusMillis(1)));

        past.isProblem(422, "validation_failed", "#/scheduledAt out_of_range");
        ahead.isProblem(422, "validation_failed", "#/scheduledAt out_of_range");
        at(alice, channel, now.plus(Duration.ofDays(400))).expect(201);
    }

    private static Answer at(TestCaller caller, String channel, Instant time) {
        return caller.post("/v1/posts", TestCaller.postJson(channel, "Hi", "\"scheduledAt\":\"" + time + "\""));
    }

    @Test
    void refuses_a_time_together_with_publish_now() {
        TestCaller alice = flow.caller();
        String both = "\"publishNow\":true,\"scheduledAt\":\"" + flow.clock().instant() + "\"";
        String json = TestCaller.postJson(alice.channel(), "Hi", both);

        Answer answer = flow.unchanged(() -> alice.post("/v1/posts", json));

        answer.isProblem(422, "validation_failed", "#/scheduledAt excluded");
    }

    @Test
    void reads_a_time_with_an_offset_and_answers_it_to_the_millisecond() {
        TestCaller alice = flow.caller();
        Instant due = flow.clock().instant().plus(Duration.ofDays(1)).plusMillis(987);
        String sent = due.plusNanos(654_321)
                .atOffset(ZoneOffset.ofHoursMinutes(5, 30))
                .toString();

        Answer made =
                alice.post("/v1/posts", TestCaller.postJson(alice.channel(), "Hi", "\"scheduledAt\":\"" + sent + "\""));

        assertThat(made.expect(201).text("scheduledAt")).isEqualTo(due.toString());
        assertThat(alice.getPost(made.text("id"))).isEqualTo(made.body());
    }

    @Test
    void sends_each_channel_its_own_content() {
        TestCaller alice = flow.caller();
        String one = alice.channel();
        String other = alice.channel();

        String id = alice.post("/v1/posts", """
                        {"content":"For all","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"For you"}]}
                        """.formatted(one, other)).created();
        flow.runDueJobs();

        JsonNode post = alice.getPost(id);
        assertThat(alice.timeline(one)).containsExactly("For all");
        assertThat(alice.timeline(other)).containsExactly("For you");
        assertThat(post.path("status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/channelId").asText()).isEqualTo(one);
        assertThat(post.at("/targets/0").has("content")).isFalse();
        assertThat(post.at("/targets/1/content").asText()).isEqualTo("For you");
    }

    @Test
    void returns_metadata_and_external_id_as_sent() {
        TestCaller alice = flow.caller();
        String rest = """
                "externalId":"Größe/7 '; drop table posts; --","metadata":{"":"","a.b":"<b>x</b>","emoji":"😀"}
                """;

        Answer made = alice.post("/v1/posts", TestCaller.postJson(alice.channel(), "Hi", rest));

        JsonNode post = alice.getPost(made.created());
        assertThat(post.path("externalId").asText()).isEqualTo("Größe/7 '; drop table posts; --");
        assertThat(post.path("metadata").toString()).isEqualTo("{\"\":\"\",\"a.b\":\"<b>x</b>\",\"emoji\":\"😀\"}");
        assertThat(post).isEqualTo(made.body());
    }

    @Test
    void sends_the_content_as_it_is() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String content = "  a < b & c\r\n\t\"quoted\" \\ 日本語 🇪🇺 e\u0301 \u202e ";

        String id = alice.publishNow(channel, content);
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactly(content);
        assertThat(alice.getPost(id).path("content").asText()).isEqualTo(content);
    }
}
