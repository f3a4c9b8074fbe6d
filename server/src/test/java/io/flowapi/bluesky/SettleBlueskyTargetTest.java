package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person says what became of a post; of a Bluesky post the only possible id is known. */
class SettleBlueskyTargetTest {

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

    private String unknown() {
        network.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        network.proxy.next(1, "getRecord", Treatment.cutAtOnce());
        String post = network.publishNow("Who knows");
        flow.runDueJobs();
        assertThat(network.alice.getPost(post).at("/targets/0/status").asText()).isEqualTo("unknown");
        return post;
    }

    private Answer published(String post, String providerPostId) {
        String target = network.alice.getPost(post).at("/targets/0/id").asText();
        return network.alice.post(
                "/v1/posts/" + post + "/targets/" + target + "/resolve",
                Json.text(Map.of("outcome", "published", "providerPostId", providerPostId)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3k2abc",
                "https://bsky.app/profile/alice/post/3k2abc",
                "at://did:plc:a/app.bsky.actor.profile/self"
            })
    void another_id_is_refused_and_the_right_one_named(String other) {
        String post = unknown();

        Answer refused = published(post, other).isProblem(422, "validation_failed", "#/providerPostId other_post");

        String detail = refused.text("errors/0/detail");
        String only = detail.substring(detail.indexOf("at://"), detail.length() - 1);
        published(post, only).expect(200);
        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(network.pds.listPosts(network.account.did())).isEmpty();
    }

    @Test
    void another_post_of_the_account_is_not_taken_for_it() {
        String other = network.publishNow("Another post");
        flow.runDueJobs();
        String post = unknown();

        published(
                        post,
                        network.alice
                                .getPost(other)
                                .at("/targets/0/providerPostId")
                                .asText())
                .isProblem(422, "validation_failed", "#/providerPostId other_post");
    }
}
