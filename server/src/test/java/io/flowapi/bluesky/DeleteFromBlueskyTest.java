package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deletes posts on a real Bluesky server, also when it does not do it at once. */
class DeleteFromBlueskyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;
    private String post;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
        post = network.publishNow("Soon gone");
        flow.runDueJobs();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void the_post_is_gone_here_and_there() {
        assertThat(network.shown()).containsExactly("Soon gone");

        JsonNode report =
                network.alice.delete("/v1/posts/" + post + "?fromProvider=true").ok();

        assertThat(report.at("/targets/0/outcome").asText()).isEqualTo("deleted");
        assertThat(network.shown()).isEmpty();
        network.alice.get("/v1/posts/" + post).isProblem(404, "not_found");
    }

    @Test
    void a_network_that_does_not_do_it_keeps_the_post_until_the_request_is_repeated() {
        network.proxy.next(1, "deleteRecord", Treatment.answer(500, "{\"error\":\"InternalServerError\"}"));

        network.alice
                .delete("/v1/posts/" + post + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider provider_unavailable");

        assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("published");
        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(network.shown()).isEmpty();
    }

    @Test
    void a_lost_answer_is_made_good_by_repeating() {
        network.proxy.next(1, "deleteRecord", Treatment.cutBeforeAnswer());

        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").isProblem(409, "post_not_deleted");

        assertThat(network.shown()).isEmpty();
        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
    }

    @Test
    void a_post_of_which_nobody_knows_whether_it_is_out_is_kept() {
        network.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        network.proxy.next(1, "getRecord", Treatment.cutAtOnce());
        String unknown = network.publishNow("Who knows");
        flow.runDueJobs();

        assertThat(network.alice.getPost(unknown).at("/targets/0/status").asText())
                .isEqualTo("unknown");
        network.alice.delete("/v1/posts/" + unknown).isProblem(409, "post_not_deletable");
        network.alice.delete("/v1/posts/" + unknown + "?fromProvider=true").isProblem(409, "post_not_deletable");
    }

    @Test
    void an_ended_session_is_renewed_and_a_refused_password_asks_for_a_new_one() {
        network.proxy.next(1, "deleteRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        network.proxy.next(1, "refreshSession", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        network.pds.revokeAppPassword(network.account, "flow");

        network.alice
                .delete("/v1/posts/" + post + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider credentials_refused");

        assertThat(network.alice.get("/v1/channels/" + network.channel()).text("status"))
                .isEqualTo("reauthorization_required");
        assertThat(network.shown()).containsExactly("Soon gone");
    }

    @Test
    void a_refused_deletion_says_that_the_caller_must_repeat_it() {
        network.proxy.next(
                1, "deleteRecord", Treatment.answer(429, "{\"error\":\"RateLimitExceeded\"}", "Retry-After: 90"));
        network.proxy.next(1, "deleteRecord", Treatment.answer(500, "{}"));

        for (int i = 0; i < 2; i++) {
            assertThat(network.alice
                            .delete("/v1/posts/" + post + "?fromProvider=true")
                            .text("errors/0/detail"))
                    .endsWith("Repeat the request.");
        }
    }
}
