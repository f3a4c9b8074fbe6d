package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.OAuthX;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts that need a new token, from the API to the network: however many, it is renewed once. */
class RenewedTokensTest {

    private static final int POSTS = 50;
    private static final Duration SOON = Duration.ofSeconds(60);

    private Flow flow;
    private OAuthX x;
    private TestCaller alice;
    private String channel;

    @BeforeEach
    void open() {
        x = new OAuthX(() -> flow.clock().instant());
        flow = new Flow(x.settings());
        flow.start();
        alice = Owners.application(flow);
        channel = given();
    }

    @AfterEach
    void close() {
        flow.stop();
        x.close();
    }

    @Test
    void fifty_posts_of_one_moment_renew_the_token_once_and_all_go_out() {
        List<String> posts = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            posts.add(alice.publishNow(channel, "Post " + i));
        }
        x.tokens.endAccessTokens();
        CountDownLatch held = x.tokens.hold();

        flow.startWorker();
        Await.within(SOON, () -> underWay() > 1);
        held.countDown();
        Await.within(SOON, () -> x.posts().size() >= POSTS);

        assertThat(posts)
                .allSatisfy(post -> Await.within(
                        SOON, () -> alice.getPost(post).path("status").asText().equals("published")));
        assertThat(x.posts()).hasSize(POSTS).doesNotHaveDuplicates();
        assertThat(x.tokens.refreshes()).hasSize(1);
        assertThat(channel().path("status").asText()).isEqualTo("connected");
    }

    private long underWay() {
        return alice.get("/v1/posts?status=publishing&limit=100")
                .ok()
                .path("data")
                .size();
    }

    @Test
    void a_grant_that_has_ended_disconnects_the_channel_and_says_so_once() {
        x.tokens.endGrants();

        JsonNode target = published("one");
        published("two");

        assertThat(target.path("status").asText()).isEqualTo("failed");
        assertThat(target.at("/error/category").asText()).isEqualTo("auth_expired");
        assertThat(channel().path("status").asText()).isEqualTo("reauthorization_required");
        assertThat(alice.get("/v1/events?limit=100").ok().path("data").findValuesAsText("type"))
                .containsOnlyOnce("channel.reauthorization_required");
        assertThat(alice.get("/v1/posts").text()).doesNotContain(x.tokens.secrets());
    }

    @Test
    void a_network_that_cannot_renew_just_now_disconnects_nobody_and_the_post_goes_out_later() {
        x.tokens.endAccessTokens();
        x.tokens.nextAnswers(500, "{}");
        x.tokens.nextAnswers(429, "{\"error\":\"slow\"}");
        x.tokens.nextIsLost();
        String post = alice.publishNow(channel, "patience");

        for (int i = 0;
                i < 30 && !"published".equals(alice.getPost(post).path("status").asText());
                i++) {
            flow.runDueJobs();
            assertThat(channel().path("status").asText()).isEqualTo("connected");
            flow.clock().advance(Duration.ofMinutes(1));
        }

        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(x.posts()).containsExactly("patience");
        assertThat(x.tokens.refreshes()).hasSize(4);
    }

    @Test
    void what_waits_goes_out_when_the_account_is_connected_again() {
        x.tokens.endGrants();
        published("refused");
        FakeOAuth.Granted granted = x.tokens.grant("alice");
        Map<String, ?> credentials =
                Map.of("accessToken", granted.accessToken(), "refreshToken", granted.refreshToken());

        alice.patch("/v1/channels/" + channel, Json.text(Map.of("credentials", credentials)))
                .ok();

        assertThat(published("again").path("status").asText()).isEqualTo("published");
        assertThat(channel().path("status").asText()).isEqualTo("connected");
    }

    @Test
    void a_server_that_has_lost_its_client_id_disconnects_nobody() {
        flow.stop();
        Map<String, String> unknown = new HashMap<>(x.settings());
        unknown.keySet().removeAll(List.of("FLOW_X_CLIENT_ID", "FLOW_X_CLIENT_SECRET"));
        flow = new Flow(unknown);
        flow.start();
        alice = Owners.application(flow);
        channel = given();
        x.tokens.endAccessTokens();

        JsonNode target = published("patience");

        assertThat(target.path("status").asText()).isNotIn("failed", "published");
        assertThat(channel().path("status").asText()).isEqualTo("connected");
        assertThat(x.tokens.refreshes()).isEmpty();
    }

    private String given() {
        FakeOAuth.Granted granted = x.tokens.grant("alice");
        Map<String, ?> credentials =
                Map.of("accessToken", granted.accessToken(), "refreshToken", granted.refreshToken());
        return alice.post("/v1/channels", Json.text(Map.of("name", "N", "provider", "x", "credentials", credentials)))
                .created();
    }

    private JsonNode published(String text) {
        String post = alice.publishNow(channel, text);
        flow.runDueJobs();
        return alice.getPost(post).at("/targets/0");
    }

    private JsonNode channel() {
        return alice.get("/v1/channels/" + channel).ok();
    }
}
