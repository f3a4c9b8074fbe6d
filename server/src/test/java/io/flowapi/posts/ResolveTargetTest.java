package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResolveTargetTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();
    private String post;
    private String resolve;

    @BeforeEach
    void publishIntoTheUnknown() {
        post = alice.publishNow(channel, "[sandbox:unknown]");
        flow.runDueJobs();
        JsonNode target = alice.getPost(post).at("/targets/0");
        assertThat(target.path("status").asText()).isEqualTo("unknown");
        resolve = "/v1/posts/" + post + "/targets/" + target.path("id").asText() + "/resolve";
    }

    @Test
    void a_person_who_has_seen_it_makes_it_published() {
        JsonNode settled = alice.post(
                        resolve,
                        "{\"outcome\":\"published\",\"providerPostId\":\"p-1\",\"url\":\"https://example.com/p-1\"}")
                .ok();

        assertThat(settled.path("status").asText()).isEqualTo("published");
        assertThat(settled.at("/targets/0/providerPostId").asText()).isEqualTo("p-1");
        assertThat(settled.at("/targets/0/url").asText()).isEqualTo("https://example.com/p-1");
        assertThat(settled.at("/targets/0/publishedAt")).isEqualTo(settled.at("/targets/0/sentAt"));
        assertThat(settled.at("/targets/0").has("error")).isFalse();
        assertThat(outcome()).isEqualTo("settled");
    }

    @Test
    void a_person_who_has_not_seen_it_makes_it_failed_and_it_can_be_retried() {
        JsonNode settled = alice.post(resolve, "{\"outcome\":\"failed\"}").ok();

        assertThat(settled.path("status").asText()).isEqualTo("failed");
        assertThat(settled.at("/targets/0/error/code").asText()).isEqualTo("settled_as_failed");
        alice.post("/v1/posts/" + post + "/retry").expect(200);
    }

    @Test
    void what_is_settled_is_not_asked_about_any_more() {
        alice.post(resolve, "{\"outcome\":\"failed\"}").expect(200);
        JsonNode settled = alice.getPost(post);

        flow.clock().advance(Duration.ofDays(1));
        flow.runDueJobs();

        assertThat(alice.getPost(post)).isEqualTo(settled);
    }

    @Test
    void only_what_is_unknown_can_be_settled() {
        alice.post(resolve, "{\"outcome\":\"failed\"}").expect(200);

        alice.post(resolve, "{\"outcome\":\"published\",\"providerPostId\":\"p-1\"}")
                .isProblem(409, "target_not_unknown");
    }

    @Test
    void a_decision_has_what_it_needs_and_no_more() {
        alice.post(resolve, "{\"outcome\":\"published\"}")
                .isProblem(422, "validation_failed", "#/providerPostId required");
        alice.post(resolve, "{\"outcome\":\"failed\",\"providerPostId\":\"p\",\"url\":\"https://example.com\"}")
                .isProblem(422, "validation_failed", "#/providerPostId excluded", "#/url excluded");
        alice.post(resolve, "{\"outcome\":\"published\",\"providerPostId\":\"p\",\"url\":\"javascript:alert(1)\"}")
                .isProblem(422, "validation_failed", "#/url wrong_format");
    }

    @Test
    void a_target_of_another_post_is_not_found() {
        String other = alice.draft(channel, "Other");

        alice.post(resolve.replace(post, other), "{\"outcome\":\"failed\"}").isProblem(404, "not_found");
        flow.caller().post(resolve, "{\"outcome\":\"failed\"}").isProblem(404, "not_found");
    }

    private String outcome() {
        return alice.get("/v1/posts/" + post + "/attempts")
                .ok()
                .at("/data/0/outcome")
                .asText();
    }
}
