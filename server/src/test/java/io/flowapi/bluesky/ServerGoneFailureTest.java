package io.flowapi.bluesky;

import static io.flowapi.bluesky.TroubledNetwork.WAIT;
import static io.flowapi.bluesky.TroubledNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that cannot be reached, or that never answers, delays a post and neither loses nor doubles it. */
@Tag("one-database")
class ServerGoneFailureTest {

    private static final String UNREACHABLE = "pending: provider_error provider_unreachable -, retryable. " + WAIT;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    private void isPublishedByItself(String post, String text) {
        JsonNode target = network.settled(post);
        assertThat(target.path("status").asText()).as(target.toString()).isEqualTo("published");
        assertThat(target.has("error")).isFalse();
        assertThat(network.shown()).containsExactly(text);
    }

    @Test
    void a_server_that_refuses_connections_gets_the_post_when_it_is_back() {
        network.proxy.refuse();
        String post = network.publishNow("refused");

        for (int hour = 0; hour < 5; hour++) {
            assertThat(said(network.afterDueJobs(post))).isEqualTo(UNREACHABLE);
            flow.clock().advance(Duration.ofHours(1));
        }
        assertThat(network.channelStatus()).isEqualTo("connected");
        network.proxy.listen();
        isPublishedByItself(post, "refused");
    }

    @Test
    void a_mention_that_cannot_be_looked_up_delays_the_post_and_is_kept() {
        RealPds.Account friend = network.pds.createAccount(RealPds.freshHandle());
        network.proxy.refuse();
        String text = "hello @" + friend.handle();
        String post = network.publishNow(text);

        assertThat(said(network.afterDueJobs(post))).isEqualTo(UNREACHABLE);
        network.proxy.listen();
        isPublishedByItself(post, text);
        assertThat(network.pds.listPosts(network.account.did()).getFirst().facets())
                .extracting(RealPds.Facet::value)
                .containsExactly(friend.did());
    }

    @Test
    void a_server_whose_name_has_no_answer_gets_the_post_when_it_has_one_again() {
        network.nameIsGone();
        String post = network.publishNow("no name");

        assertThat(said(network.afterDueJobs(post))).isEqualTo(UNREACHABLE);
        assertThat(network.channelStatus()).isEqualTo("connected");
        network.nameIsBack();
        isPublishedByItself(post, "no name");
    }

    @Test
    void a_server_that_was_killed_gets_the_post_after_its_restart() {
        network.connect(network.pds.url(), network.password).created();
        String post = network.publishNow("killed");
        network.pds.kill();
        try {
            assertThat(said(network.afterDueJobs(post))).isEqualTo(UNREACHABLE);
            flow.unchanged(() -> network.connect(network.pds.url(), network.password)
                    .isProblem(422, "validation_failed", "#/credentials/service unreachable"));
        } finally {
            network.pds.start();
        }
        isPublishedByItself(post, "killed");
    }

    /** The limit of a call is ten seconds of real time: both calls wait at once, and once. */
    @Test
    void a_server_that_hangs_is_said_to_and_shows_the_post_once_when_it_goes_on() throws InterruptedException {
        String post = network.publishNow("hung");
        network.pds.suspend();
        Thread jobs = Thread.ofVirtual().start(flow::runDueJobs);
        try {
            network.connect(network.proxy.url(), network.password)
                    .isProblem(422, "validation_failed", "#/credentials/service unreachable");
            Await.within(
                    PATIENCE, () -> network.target(post).path("status").asText().equals("unknown"));
            assertThat(said(network.target(post)))
                    .isEqualTo("unknown: unknown no_answer -, retryable. Nothing: it is being resolved.");
        } finally {
            network.pds.resume();
            jobs.join();
        }
        isPublishedByItself(post, "hung");
    }
}
