package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel whose app password was revoked gets a new one, and what failed meanwhile goes out. */
class ReconnectBlueskyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;
    private String channel;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
        channel = "/v1/channels/" + network.channel();
    }

    @AfterEach
    void close() {
        network.close();
    }

    private static String patch(Map<String, String> credentials) {
        return Json.text(Map.of("credentials", credentials));
    }

    @Test
    void with_a_new_app_password_what_failed_goes_out_once() {
        network.pds.revokeAppPassword(network.account, "flow");
        network.proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        String post = network.publishNow("At last");
        flow.runDueJobs();
        assertThat(network.alice.getPost(post).at("/targets/0/error/category").asText())
                .isEqualTo("auth_expired");
        assertThat(network.alice.get(channel).text("status")).isEqualTo("reauthorization_required");

        JsonNode connected = network.alice
                .patch(
                        channel,
                        patch(network.credentials(
                                network.proxy.url(), network.pds.createAppPassword(network.account, "second"))))
                .ok();
        network.alice.post("/v1/posts/" + post + "/retry").expect(200);
        flow.runDueJobs();

        assertThat(connected.path("status").asText()).isEqualTo("connected");
        assertThat(connected.path("name").asText()).isEqualTo("News");
        assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(network.pds.listPosts(network.account.did()))
                .extracting(RealPds.Post::text)
                .containsExactly("At last");
    }

    @Test
    void credentials_that_do_not_work_change_nothing() {
        String before = network.alice.get(channel).header("ETag");

        network.alice
                .patch(channel, patch(network.credentials(network.proxy.url(), "wrong-wrong")))
                .isProblem(422, "validation_failed", "#/credentials credentials_refused");

        assertThat(network.alice.get(channel).header("ETag")).isEqualTo(before);
        String post = network.publishNow("Still there");
        flow.runDueJobs();
        assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void another_account_needs_another_channel() {
        RealPds.Account other = network.pds.createAccount(RealPds.freshHandle());

        Map<String, String> credentials = Map.of(
                "service", network.proxy.url().toString(),
                "identifier", other.handle(),
                "appPassword", network.pds.createAppPassword(other, "theirs"));

        network.alice
                .patch(channel, patch(credentials))
                .isProblem(422, "validation_failed", "#/credentials other_account");
    }

    @Test
    void a_stale_change_is_refused_before_the_network_is_called() {
        int calls = network.proxy.connections();

        network.alice
                .patch(channel, patch(network.credentials(network.proxy.url(), "any")), "If-Match", "\"7\"")
                .isProblem(412, "precondition_failed");

        assertThat(network.proxy.connections()).isEqualTo(calls);
    }

    @Test
    void a_sandbox_takes_no_credentials() {
        String sandbox = "/v1/channels/" + network.alice.channel();

        network.alice
                .patch(sandbox, patch(network.credentials(network.proxy.url(), "any")))
                .isProblem(422, "validation_failed", "#/credentials excluded");
    }
}
