package io.flowapi.bluesky;

import static io.flowapi.bluesky.TroubledNetwork.LIMITED;
import static io.flowapi.bluesky.TroubledNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers and is not well: what it says proves little, and no post is lost or doubled by it. */
@Tag("one-database")
class BadAnswerFailureTest {

    private static final String LIMIT = "{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}";

    @RegisterExtension
    static final Flow flow = new Flow();

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

    private void isPublishedOnce(String post, String text) {
        JsonNode target = network.settled(post);
        assertThat(target.path("status").asText()).as(target.toString()).isEqualTo("published");
        assertThat(target.has("error")).isFalse();
        assertThat(network.channelStatus()).isEqualTo("connected");
        assertThat(network.shown()).containsExactly(text);
    }

    private void neverCame(String method) {
        assertThat(network.proxy.requests()).noneMatch(line -> line.contains(method));
    }

    @ParameterizedTest
    @EnumSource
    void a_session_that_cannot_be_renewed_delays_the_post(Trouble trouble) {
        network.expireAccessToken();
        network.proxy.next(1, "refreshSession", trouble.treatment);
        String post = network.publishNow("renewal");

        assertThat(said(network.afterDueJobs(post))).isEqualTo("pending: " + trouble.said);
        assertThat(network.channelStatus()).isEqualTo("connected");
        isPublishedOnce(post, "renewal");
    }

    @ParameterizedTest
    @EnumSource
    void a_login_that_cannot_be_made_delays_the_post(Trouble trouble) {
        network.expireSession();
        network.proxy.next(1, "createSession", trouble.treatment);
        String post = network.publishNow("login");

        assertThat(said(network.afterDueJobs(post))).isEqualTo("pending: " + trouble.said);
        assertThat(network.channelStatus()).isEqualTo("connected");
        isPublishedOnce(post, "login");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "RATE_LIMIT.*")
    void a_server_in_trouble_leaves_the_post_unknown_until_it_is_well(Trouble trouble) {
        network.proxy.otherwise(trouble.treatment);
        String post = network.publishNow("unclear");

        for (int hour = 0; hour < 3; hour++) {
            assertThat(network.afterDueJobs(post).path("status").asText()).isEqualTo("unknown");
            assertThat(network.channelStatus()).isEqualTo("connected");
            flow.clock().advance(Duration.ofHours(1));
        }
        assertThat(network.shown()).isEmpty();
        network.proxy.behave();
        isPublishedOnce(post, "unclear");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "RATE_LIMIT.*")
    void a_put_that_never_works_fails_the_post_when_the_network_says_it_is_not_there(Trouble trouble) {
        network.proxy.next(100, "putRecord", trouble.treatment);
        JsonNode target = network.settled(network.publishNow("never"));

        assertThat(said(target))
                .isEqualTo("failed: provider_error provider_unavailable -, retryable."
                        + " Retry the post when the network works.");
        assertThat(network.channelStatus()).isEqualTo("connected");
        network.proxy.behave();
        flow.clock().advance(Duration.ofDays(1));
        flow.runDueJobs();
        assertThat(network.shown()).isEmpty();
        isPublishedOnce(network.publishNow("again"), "again");
    }

    @Test
    void an_answer_that_was_lost_after_the_network_took_the_post_is_found() {
        network.proxy.next(1, "putRecord", Treatment.cutAfterAnswerBytes(40));
        network.proxy.next(2, "getRecord", Trouble.BAD_GATEWAY.treatment);
        String post = network.publishNow("taken");

        assertThat(network.afterDueJobs(post).path("status").asText()).isEqualTo("unknown");
        isPublishedOnce(post, "taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RateLimit-Reset: %d", "Retry-After: 300"})
    void a_rate_limit_with_a_reset_is_waited_for_and_not_a_second_less(String header) {
        long reset = flow.clock().instant().getEpochSecond() + 300;
        network.proxy.next(1, "putRecord", Treatment.answer(429, LIMIT, header.formatted(reset)));
        String post = network.publishNow("limited");

        assertThat(said(network.afterDueJobs(post)))
                .isEqualTo("pending: rate_limited rate_limited 429, retryable. " + LIMITED);
        int connections = network.proxy.connections();
        flow.clock().advance(Duration.ofSeconds(299));
        assertThat(network.afterDueJobs(post).path("status").asText()).isEqualTo("pending");
        assertThat(network.proxy.connections()).isEqualTo(connections);
        flow.clock().advance(Duration.ofSeconds(1));
        assertThat(network.afterDueJobs(post).path("status").asText()).isEqualTo("published");
        neverCame("getRecord");
        isPublishedOnce(post, "limited");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "RATE_LIMIT.*")
    void a_rate_limit_on_everything_delays_the_post(Trouble limit) {
        network.proxy.otherwise(limit.treatment);
        String post = network.publishNow("all limited");

        for (int hour = 0; hour < 3; hour++) {
            assertThat(said(network.afterDueJobs(post))).isEqualTo("pending: " + limit.said);
            flow.clock().advance(Duration.ofHours(1));
        }
        network.proxy.behave();
        isPublishedOnce(post, "all limited");
    }
}
