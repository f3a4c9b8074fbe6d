package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that fails five times in a row is left alone for a minute. */
@Tag("one-database")
class FailingBlueskyTest {

    private static final String SEND = "putRecord";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final List<String> posts = new ArrayList<>();
    private TroubledNetwork network;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
    }

    @AfterEach
    void close() {
        network.close();
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            posts.add(network.publishNow("post " + posts.size()));
            flow.runDueJobs();
        }
    }

    private void allGoOut() {
        network.proxy.behave();
        assertThat(posts)
                .allSatisfy(
                        post -> assertThat(network.settled(post).path("status").asText())
                                .isEqualTo("published"));
        assertThat(network.shown()).hasSameSizeAs(posts).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "GARBAGE", "OTHER_JSON"})
    void the_fifth_failure_in_a_row_is_the_last_call_for_a_minute(Trouble trouble) {
        network.proxy.next(4, SEND, trouble.treatment);
        publish(5);
        network.proxy.next(100, SEND, trouble.treatment);
        publish(7);
        assertThat(network.proxy.requests(SEND)).isEqualTo(4 + 1 + 5);

        flow.clock().advance(Duration.ofMillis(59_999));
        flow.runDueJobs();
        assertThat(network.proxy.requests(SEND)).isEqualTo(4 + 1 + 5);
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();
        assertThat(network.proxy.requests(SEND)).as("one trial").isEqualTo(4 + 1 + 5 + 1);

        allGoOut();
    }

    @Test
    void a_server_that_asks_to_wait_lives() {
        network.proxy.next(20, SEND, Trouble.RATE_LIMIT.treatment);
        publish(7);

        assertThat(network.proxy.requests(SEND)).isEqualTo(7);
        allGoOut();
    }

    @Test
    void what_a_server_tells_of_its_limits_is_shown_and_waited_for() {
        long reset = flow.clock().instant().getEpochSecond() + 90;
        network.proxy.next(
                1,
                SEND,
                Treatment.answer(
                        429,
                        "{\"error\":\"RateLimitExceeded\"}",
                        "RateLimit-Limit: 5000",
                        "RateLimit-Remaining: 0",
                        "RateLimit-Reset: " + reset,
                        "RateLimit-Policy: 5000;w=3600"));
        publish(3);

        JsonNode window = network.alice
                .get("/v1/channels/" + network.channel() + "/quota")
                .ok()
                .at("/windows/0");
        assertThat(window.path("name").asText()).isEqualTo("5000;w=3600");
        assertThat(window.path("limit").asLong()).isEqualTo(5000);
        assertThat(window.path("remaining").asLong()).isZero();
        assertThat(Instant.parse(window.path("resetAt").asText()).getEpochSecond())
                .isEqualTo(reset);
        flow.clock().advance(Duration.ofSeconds(89));
        flow.runDueJobs();
        assertThat(network.proxy.requests(SEND)).isEqualTo(1);
        allGoOut();
    }

    @Test
    void a_server_that_is_gone_is_not_called_for_a_minute() {
        network.proxy.refuse();
        publish(7);
        assertThat(posts.stream()
                        .map(post -> network.target(post).at("/error/code").asText()))
                .containsExactly(
                        "provider_unreachable",
                        "provider_unreachable",
                        "provider_unreachable",
                        "provider_unreachable",
                        "provider_unreachable",
                        "breaker_open",
                        "breaker_open");
        allGoOut();
    }
}
