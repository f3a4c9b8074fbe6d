package io.flowapi.mastodon;

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

/** An instance that fails five times in a row is left alone for a minute. */
@Tag("one-database")
class FailingMastodonTest {

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

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            posts.add(instance.publishNow("status " + posts.size()));
            flow.runDueJobs();
        }
    }

    private void allGoOut() {
        instance.proxy.behave();
        assertThat(posts)
                .allSatisfy(post -> assertThat(TroubledInstance.said(instance.settled(post)))
                        .isEqualTo("published"));
        assertThat(instance.mastodon.texts()).hasSameSizeAs(posts).doesNotHaveDuplicates();
    }

    private int sends() {
        return instance.proxy.requests(TroubledInstance.POST);
    }

    enum Failure {
        SERVER_ERROR(Treatment.answer(500, "{\"error\":\"An unexpected error occurred\"}")),
        GARBAGE(Treatment.answer(200, "<html>")),
        NO_ANSWER(Treatment.cutAtOnce());

        private final Treatment treatment;

        Failure(Treatment treatment) {
            this.treatment = treatment;
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_fifth_failure_in_a_row_is_the_last_call_for_a_minute(Failure failure) {
        instance.proxy.next(4, TroubledInstance.POST, failure.treatment);
        publish(5);
        instance.proxy.next(100, TroubledInstance.POST, failure.treatment);
        publish(7);
        assertThat(sends()).isEqualTo(4 + 1 + 5);

        flow.clock().advance(Duration.ofMillis(59_999));
        flow.runDueJobs();
        assertThat(sends()).isEqualTo(4 + 1 + 5);
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();
        assertThat(sends()).as("one trial").isEqualTo(4 + 1 + 5 + 1);

        allGoOut();
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
        assertThat(sends()).isEqualTo(1);
        allGoOut();
    }
}
