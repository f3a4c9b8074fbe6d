package io.flowapi.bluesky;

import static io.flowapi.bluesky.TroubledNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a post that is not out is true of the post, not only of the last call. */
@Tag("one-database")
class StatementFailureTest {

    private static final String RESOLVED = "Nothing: it is being resolved.";

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

    private void saysThatItMayBeOut(JsonNode target) {
        assertThat(target.path("status").asText()).isEqualTo("unknown");
        assertThat(target.at("/error/message").asText()).contains("The post was sent, and whether the server took it");
        assertThat(target.at("/error/remediation").asText()).isEqualTo(RESOLVED);
    }

    @ParameterizedTest
    @EnumSource
    void a_post_that_may_be_out_is_said_to_be_whatever_the_search_for_it_meets(Trouble trouble) {
        network.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        network.proxy.next(1, "getRecord", trouble.treatment);

        saysThatItMayBeOut(network.afterDueJobs(network.publishNow("perhaps")));
    }

    @Test
    void a_post_that_the_network_does_not_have_is_not_said_to_be_uncertain() {
        network.proxy.next(1, "putRecord", Trouble.BAD_GATEWAY.treatment);

        JsonNode target = network.afterDueJobs(network.publishNow("not there"));

        assertThat(said(target))
                .isEqualTo("pending: provider_error not_taken -, retryable. Nothing: it is sent again.");
    }

    @Test
    void what_is_advised_for_a_lost_account_can_be_done() {
        network.pds.deactivate(network.account);
        String post = network.publishNow("advice");

        JsonNode target = network.afterDueJobs(post);

        // A post that has failed cannot be published again.
        network.alice.post("/v1/posts/" + post + "/publish").expect(409);
        assertThat(target.at("/error/remediation").asText())
                .isEqualTo("Restore the account on its network, then try again.");
    }
}
