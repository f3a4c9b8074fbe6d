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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deletes posts on a real Bluesky server, also when it does not do it at once. */
class DeleteFromBlueskyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static RealPds pds;

    private CuttingProxy proxy;
    private TestCaller alice;
    private RealPds.Account account;
    private String channel;
    private String post;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    @BeforeEach
    void publish() {
        proxy = CuttingProxy.before(pds.url());
        alice = flow.user().key(Mode.LIVE);
        account = pds.createAccount(RealPds.freshHandle());
        channel = alice.post(
                        "/v1/channels",
                        Json.text(Map.of(
                                "name",
                                "News",
                                "provider",
                                "bluesky",
                                "credentials",
                                Map.of(
                                        "service", proxy.url().toString(),
                                        "identifier", account.handle(),
                                        "appPassword", pds.createAppPassword(account, "flow")))))
                .created();
        post = alice.publishNow(channel, "Soon gone");
        flow.runDueJobs();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private List<String> shown() {
        return pds.listPosts(account.did()).stream().map(RealPds.Post::text).toList();
    }

    @Test
    void the_post_is_gone_here_and_there() {
        assertThat(shown()).containsExactly("Soon gone");

        JsonNode report =
                alice.delete("/v1/posts/" + post + "?fromProvider=true").ok();

        assertThat(report.at("/targets/0/outcome").asText()).isEqualTo("deleted");
        assertThat(shown()).isEmpty();
        alice.get("/v1/posts/" + post).isProblem(404, "not_found");
    }

    @Test
    void a_network_that_does_not_do_it_keeps_the_post_until_the_request_is_repeated() {
        proxy.next(1, "deleteRecord", Treatment.answer(500, "{\"error\":\"InternalServerError\"}"));

        alice.delete("/v1/posts/" + post + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider provider_unavailable");

        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(shown()).isEmpty();
    }

    @Test
    void a_lost_answer_is_made_good_by_repeating() {
        proxy.next(1, "deleteRecord", Treatment.cutBeforeAnswer());

        alice.delete("/v1/posts/" + post + "?fromProvider=true").isProblem(409, "post_not_deleted");

        assertThat(shown()).isEmpty();
        alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
    }

    @Test
    void a_post_of_which_nobody_knows_whether_it_is_out_is_kept() {
        proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        proxy.next(1, "getRecord", Treatment.cutAtOnce());
        String unknown = alice.publishNow(channel, "Who knows");
        flow.runDueJobs();

        assertThat(alice.getPost(unknown).at("/targets/0/status").asText()).isEqualTo("unknown");
        alice.delete("/v1/posts/" + unknown).isProblem(409, "post_not_deletable");
        alice.delete("/v1/posts/" + unknown + "?fromProvider=true").isProblem(409, "post_not_deletable");
    }

    @Test
    void an_ended_session_is_renewed_and_a_refused_password_asks_for_a_new_one() {
        proxy.next(1, "deleteRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        proxy.next(1, "refreshSession", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        pds.revokeAppPassword(account, "flow");

        alice.delete("/v1/posts/" + post + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider credentials_refused");

        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("reauthorization_required");
        assertThat(shown()).containsExactly("Soon gone");
    }

    @Test
    void a_refused_deletion_says_that_the_caller_must_repeat_it() {
        proxy.next(1, "deleteRecord", Treatment.answer(429, "{\"error\":\"RateLimitExceeded\"}", "Retry-After: 90"));
        proxy.next(1, "deleteRecord", Treatment.answer(500, "{}"));

        for (int i = 0; i < 2; i++) {
            assertThat(alice.delete("/v1/posts/" + post + "?fromProvider=true").text("errors/0/detail"))
                    .endsWith("Repeat the request.");
        }
    }
}
