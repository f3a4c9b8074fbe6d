package io.flowapi.mastodon;

import static io.flowapi.mastodon.TroubledInstance.POST;
import static io.flowapi.mastodon.TroubledInstance.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An instance that fails five times in a row is left alone for a minute, and one that answers is not. */
@Tag("one-database")
class FailingMastodonTest {

    private static final Treatment FAILS = Treatment.answer(500, "{\"error\":\"An unexpected error occurred\"}");

    @RegisterExtension
    static final Flow flow = new Flow();

    private final List<String> posts = new ArrayList<>();
    private TroubledInstance instance;

    @BeforeEach
    void open() {
        instance = new TroubledInstance(flow);
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private String publish() {
        posts.add(instance.publishNow("post " + posts.size()));
        flow.runDueJobs();
        return posts.getLast();
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            publish();
        }
    }

    enum Trouble {
        SERVER_ERROR(FAILS),
        NO_JSON(Treatment.answer(200, "<html>")),
        NO_STATUS(Treatment.answer(200, "{}")),
        NO_ANSWER(Treatment.cutAtOnce());

        private final Treatment treatment;

        Trouble(Treatment treatment) {
            this.treatment = treatment;
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_fifth_failure_in_a_row_is_the_last_call_for_a_minute(Trouble trouble) {
        instance.proxy.next(4, POST, trouble.treatment);
        publish(5);
        instance.proxy.next(100, POST, trouble.treatment);
        publish(7);
        assertThat(sends(trouble)).isEqualTo(5);

        flow.clock().advance(Duration.ofMillis(59_999));
        flow.runDueJobs();
        assertThat(sends(trouble)).isEqualTo(5);
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();
        assertThat(sends(trouble)).as("one trial").isEqualTo(6);

        instance.proxy.behave();
        assertThat(posts)
                .allSatisfy(post -> assertThat(said(instance.settled(post))).isEqualTo("published"));
        assertThat(instance.mastodon.texts()).hasSameSizeAs(posts).doesNotHaveDuplicates();
    }

    /** After the four and the answer that came first. */
    private int sends(Trouble trouble) {
        return (int) posts.stream()
                        .map(instance::target)
                        .filter(target -> target.path("attempts").asInt() > 0)
                        .count()
                - 5;
    }

    /** That a status is not shown yet is an answer like any other. */
    @Test
    void an_instance_that_does_not_show_a_status_yet_is_asked_about_others() {
        instance.proxy.next(4, POST, FAILS);
        publish(5);
        instance.proxy.next(2, POST, FAILS);

        publish();
        String another = publish();

        assertThat(said(instance.target(another))).isEqualTo("unknown unknown not_shown");
    }

    @Test
    void a_post_does_not_wait_for_ever_for_an_instance_that_is_gone() {
        instance.nextPost(Treatment.answer(429, "{\"error\":\"Throttled\"}"));
        String post = publish();
        instance.proxy.refuse();

        for (int hour = 0; hour < 25; hour++) {
            assertThat(said(instance.target(post))).startsWith("pending");
            instance.after(Duration.ofHours(1), post);
        }

        assertThat(said(instance.target(post))).isEqualTo("failed system_error too_late");
        instance.proxy.listen();
        instance.after(Duration.ofHours(1), post);
        assertThat(instance.mastodon.texts()).isEmpty();
    }

    /** Whether it has it is asked before it is said that it has not. */
    @Test
    void what_an_instance_did_not_have_before_it_was_gone_needs_a_person() {
        instance.nextPost(Treatment.cutAtOnce());
        String post = publish();
        assertThat(said(instance.after(Duration.ofMinutes(2), post))).isEqualTo("pending provider_error not_taken");
        instance.proxy.refuse();

        for (int hour = 0; hour < 50; hour++) {
            instance.after(Duration.ofHours(1), post);
        }

        assertThat(said(instance.target(post))).isEqualTo("unknown unknown never_told");
        assertThat(instance.alice.getPost(post).path("status").asText()).isEqualTo("needs_attention");
    }

    @Test
    void what_an_instance_tells_of_its_limits_is_shown_and_waited_for() {
        Instant reset = flow.clock().instant().plusSeconds(90);
        instance.nextPost(Treatment.answer(
                429,
                "{\"error\":\"Too many requests\"}",
                "X-RateLimit-Limit: 300",
                "X-RateLimit-Remaining: 0",
                "X-RateLimit-Reset: " + reset));
        publish(3);

        JsonNode window = instance.alice
                .get("/v1/channels/" + instance.channel + "/quota")
                .ok()
                .at("/windows/0");
        assertThat(window.path("limit").asLong()).isEqualTo(300);
        assertThat(window.path("remaining").asLong()).isZero();
        assertThat(Instant.parse(window.path("resetAt").asText())).isEqualTo(reset);
        flow.clock().advance(Duration.ofSeconds(89));
        flow.runDueJobs();
        assertThat(instance.proxy.requests(POST)).isEqualTo(1);
    }
}
