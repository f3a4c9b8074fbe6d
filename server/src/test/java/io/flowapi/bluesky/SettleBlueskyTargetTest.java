package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person says what became of a post; of a Bluesky post the only possible id is known. */
class SettleBlueskyTargetTest {

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
        channel = alice.post(
                        "/v1/channels",
                        Json.text(Map.of(
                                "name",
                                "News",
                                "provider",
                                "bluesky",
                                "credentials",
                                credentials(proxy, pds.createAppPassword(account, "first")))))
                .created();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Map<String, String> credentials(CuttingProxy at, String appPassword) {
        return Map.of("service", at.url().toString(), "identifier", account.handle(), "appPassword", appPassword);
    }

    private String unknown() {
        proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        proxy.next(1, "getRecord", Treatment.cutAtOnce());
        String post = alice.publishNow(channel, "Who knows");
        flow.runDueJobs();
        assertThat(alice.getPost(post).at("/targets/0/status").asText()).isEqualTo("unknown");
        return post;
    }

    private Answer published(String post, String providerPostId) {
        String target = alice.getPost(post).at("/targets/0/id").asText();
        return alice.post(
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
        alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(pds.listPosts(account.did())).isEmpty();
    }

    @Test
    void another_post_of_the_account_is_not_taken_for_it() {
        String other = alice.publishNow(channel, "Another post");
        flow.runDueJobs();
        String post = unknown();

        published(post, alice.getPost(other).at("/targets/0/providerPostId").asText())
                .isProblem(422, "validation_failed", "#/providerPostId other_post");
    }
}
