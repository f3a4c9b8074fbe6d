package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
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

    private static RealPds pds;

    private CuttingProxy proxy;
    private TestCaller alice;
    private RealPds.Account account;
    private String channel;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    @BeforeEach
    void connect() {
        proxy = CuttingProxy.before(pds.url());
        alice = flow.user().key(Mode.LIVE);
        account = pds.createAccount(RealPds.freshHandle());
        Map<String, String> credentials = credentials(account, pds.createAppPassword(account, "first"));
        channel = "/v1/channels/"
                + alice.post(
                                "/v1/channels",
                                Json.text(Map.of("name", "News", "provider", "bluesky", "credentials", credentials)))
                        .created();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Map<String, String> credentials(RealPds.Account of, String appPassword) {
        return Map.of("service", proxy.url().toString(), "identifier", of.handle(), "appPassword", appPassword);
    }

    private static String patch(Map<String, String> credentials) {
        return Json.text(Map.of("credentials", credentials));
    }

    @Test
    void with_a_new_app_password_what_failed_goes_out_once() {
        pds.revokeAppPassword(account, "first");
        proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        String post = alice.publishNow(channel.substring("/v1/channels/".length()), "At last");
        flow.runDueJobs();
        assertThat(alice.getPost(post).at("/targets/0/error/category").asText()).isEqualTo("auth_expired");
        assertThat(alice.get(channel).text("status")).isEqualTo("reauthorization_required");

        JsonNode connected = alice.patch(channel, patch(credentials(account, pds.createAppPassword(account, "second"))))
                .ok();
        alice.post("/v1/posts/" + post + "/retry").expect(200);
        flow.runDueJobs();

        assertThat(connected.path("status").asText()).isEqualTo("connected");
        assertThat(connected.path("name").asText()).isEqualTo("News");
        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(pds.listPosts(account.did())).extracting(RealPds.Post::text).containsExactly("At last");
    }

    @Test
    void credentials_that_do_not_work_change_nothing() {
        String before = alice.get(channel).header("ETag");

        alice.patch(channel, patch(credentials(account, "wrong-wrong")))
                .isProblem(422, "validation_failed", "#/credentials credentials_refused");

        assertThat(alice.get(channel).header("ETag")).isEqualTo(before);
        String post = alice.publishNow(channel.substring("/v1/channels/".length()), "Still there");
        flow.runDueJobs();
        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void another_account_needs_another_channel() {
        RealPds.Account other = pds.createAccount(RealPds.freshHandle());

        alice.patch(channel, patch(credentials(other, pds.createAppPassword(other, "theirs"))))
                .isProblem(422, "validation_failed", "#/credentials other_account");
    }

    @Test
    void a_stale_change_is_refused_before_the_network_is_called() {
        int calls = proxy.connections();

        alice.patch(channel, patch(credentials(account, "any")), "If-Match", "\"7\"")
                .isProblem(412, "precondition_failed");

        assertThat(proxy.connections()).isEqualTo(calls);
    }

    @Test
    void a_sandbox_takes_no_credentials() {
        String sandbox = "/v1/channels/" + alice.channel();

        alice.patch(sandbox, patch(credentials(account, "any")))
                .isProblem(422, "validation_failed", "#/credentials excluded");
    }
}
