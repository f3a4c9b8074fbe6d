package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller can ask that only what it has seen is changed or deleted. */
class IfMatchTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = "/v1/channels/" + alice.channel();
    private final String post = "/v1/posts/" + alice.draft(channel.substring("/v1/channels/".length()), "One");

    @Test
    void every_change_gives_a_new_tag_and_reading_gives_the_same() {
        String first = alice.get(post).header("ETag");
        assertThat(first).isEqualTo("\"1\"");
        assertThat(alice.get(post).header("ETag")).isEqualTo(first);

        Answer changed = alice.patch(post, "{\"content\":\"Two\"}", "If-Match", first);

        assertThat(changed.expect(200).header("ETag")).isEqualTo("\"2\"");
        assertThat(alice.get(post).header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void publishing_is_a_change() {
        String scheduled = alice.schedule(
                channel.substring("/v1/channels/".length()), "Out", flow.clock().instant());
        String seen = alice.get("/v1/posts/" + scheduled).header("ETag");
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();

        alice.delete("/v1/posts/" + scheduled, "If-Match", seen).isProblem(412, "precondition_failed");
    }

    @Test
    void another_version_is_refused_with_the_present_tag_and_nothing_changes() {
        alice.patch(post, "{\"content\":\"Two\"}").expect(200);
        alice.patch(channel, "{\"name\":\"Two\"}").expect(200);

        for (Answer stale : new Answer[] {
            flow.unchanged(() -> alice.patch(post, "{\"content\":\"Three\"}", "If-Match", "\"1\"")),
            flow.unchanged(() -> alice.delete(post, "If-Match", "\"1\"")),
            flow.unchanged(() -> alice.delete(post + "?fromProvider=true", "If-Match", "\"1\"")),
            flow.unchanged(() -> alice.patch(channel, "{\"name\":\"Three\"}", "If-Match", "\"1\"")),
            flow.unchanged(() -> alice.delete(channel, "If-Match", "\"1\""))
        }) {
            stale.isProblem(412, "precondition_failed");
            assertThat(stale.header("ETag")).isEqualTo("\"2\"");
        }
        assertThat(alice.get(post).text("content")).isEqualTo("Two");
        assertThat(alice.get(channel).text("name")).isEqualTo("Two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"1\"", "\"7\", \"1\"", "\"7\",\"1\"", "W/\"1\", \"1\""})
    void these_match(String ifMatch) {
        alice.patch(channel, "{\"name\":\"Two\"}", "If-Match", ifMatch).expect(200);
        alice.delete(post, "If-Match", ifMatch).expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"\"", "\"11\""})
    void these_do_not(String ifMatch) {
        alice.delete(post, "If-Match", ifMatch).isProblem(412, "precondition_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "\"1\";\"2\"", "**"})
    void these_cannot_be_read(String ifMatch) {
        alice.delete(post, "If-Match", ifMatch).isProblem(400, "invalid_parameter", "If-Match wrong_format");
    }

    @Test
    void what_is_not_there_is_not_found_first() {
        alice.delete(post).expect(204);

        alice.delete(post, "If-Match", "\"1\"").isProblem(404, "not_found");
    }
}
