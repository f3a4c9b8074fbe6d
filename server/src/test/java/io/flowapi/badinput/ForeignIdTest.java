package io.flowapi.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another user's resources, and those of the other mode, are not there. */
class ForeignIdTest {

    private static final String UNKNOWN = "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10";

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void another_users_resources_are_not_found() {
        areNotFound(flow.caller(), flow.caller());
    }

    @Test
    void the_other_modes_resources_are_not_found() {
        Flow.TestUser alice = flow.user();
        areNotFound(alice.key(Mode.TEST), alice.key(Mode.LIVE));
        areNotFound(alice.key(Mode.LIVE), alice.key(Mode.TEST));
    }

    private static void areNotFound(TestCaller owner, TestCaller other) {
        String channel = owner.channel();
        String post = owner.schedule(channel, "Mine", flow.clock().instant().plus(Duration.ofDays(300)));
        String key = owner.get("/v1/me").text("apiKey/id");

        Stream<Answer> answers = Stream.of(
                flow.unchanged(() -> other.get("/v1/channels/" + channel)),
                flow.unchanged(() -> other.get("/v1/channels/" + channel + "/timeline")),
                flow.unchanged(() -> other.patch("/v1/channels/" + channel, "{\"name\":\"Yours\"}")),
                flow.unchanged(() -> other.delete("/v1/channels/" + channel + "?cancelScheduled=true")),
                flow.unchanged(() -> other.get("/v1/posts/" + post)),
                flow.unchanged(() -> other.post("/v1/posts/" + post + "/publish")),
                flow.unchanged(() -> other.post("/v1/posts/" + post + "/cancel")),
                flow.unchanged(() -> other.get("/v1/api-keys/" + key)),
                flow.unchanged(() -> other.delete("/v1/api-keys/" + key)));

        answers.forEach(answer -> answer.isProblem(404, "not_found"));
        assertThat(owner.get("/v1/channels/" + channel).text("name")).isEqualTo("Sandbox");
        assertThat(owner.getPost(post).path("status").asText()).isEqualTo("scheduled");
    }

    @Test
    void a_foreign_channel_in_a_body_reads_like_an_unknown_one() {
        Flow.TestUser alice = flow.user();
        TestCaller caller = alice.key(Mode.TEST);
        String otherUsers = flow.caller().channel();
        String otherModes = alice.key(Mode.LIVE).channel();

        List<Answer> answers = Stream.of(otherUsers, otherModes, UNKNOWN)
                .map(channel -> flow.unchanged(
                        () -> caller.post("/v1/posts", TestCaller.postJson(channel, "Hi", "\"publishNow\":true"))))
                .toList();

        answers.forEach(answer -> answer.isProblem(422, "validation_failed", "#/targets/0/channelId not_found"));
        assertThat(answers.stream().map(answer -> answer.body().path("errors")).distinct())
                .hasSize(1);
    }

    @Test
    void lists_show_only_what_belongs_to_the_user_and_the_mode() {
        Flow.TestUser alice = flow.user();
        TestCaller caller = alice.key(Mode.TEST);
        String otherUsers = flow.caller().channel();
        alice.key(Mode.LIVE).draft(alice.key(Mode.LIVE).channel(), "Live");

        assertThat(caller.get("/v1/channels").ok().path("data")).isEmpty();
        assertThat(caller.get("/v1/posts").ok().path("data")).isEmpty();
        assertThat(caller.get("/v1/posts?channelId=" + otherUsers).ok().path("data"))
                .isEmpty();
        assertThat(caller.get("/v1/api-keys").ok().path("data")).hasSize(1);
    }
}
