package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.Json;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Hold;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to a post or a channel while a worker waits for an answer. */
class MeanwhileOnBlueskyTest {

    private static final Duration LONG = Duration.ofSeconds(20);

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

    @Test
    void a_channel_that_was_connected_again_meanwhile_stays_connected() throws InterruptedException {
        network.pds.revokeAppPassword(network.account, "flow");
        network.proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        network.proxy.next(1, "refreshSession", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        Hold login = new Hold();
        network.proxy.next(1, "createSession", login);
        String post = network.publishNow("At last");
        Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
        login.awaitAnswer(LONG);

        reconnect(network.proxy);
        login.release();
        worker.join();

        assertThat(network.channelStatus()).isEqualTo("connected");
        assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void a_server_gets_no_token_that_another_has_given() throws InterruptedException {
        try (CuttingProxy moved = CuttingProxy.before(network.pds.url())) {
            network.proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
            Hold refresh = new Hold();
            network.proxy.next(1, "refreshSession", refresh);
            String post = network.publishNow("Moved");
            Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
            refresh.awaitAnswer(LONG);

            reconnect(moved);
            refresh.release();
            worker.join();

            assertThat(network.proxy.requests("putRecord")).isEqualTo(1);
            assertThat(moved.requests("putRecord")).isEqualTo(1);
            assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("published");
        }
    }

    private void reconnect(CuttingProxy at) {
        Map<String, String> credentials =
                network.credentials(at.url(), network.pds.createAppPassword(network.account, "second"));
        network.alice
                .patch("/v1/channels/" + network.channel(), Json.text(Map.of("credentials", credentials)))
                .expect(200);
    }

    @Test
    void a_target_that_becomes_unknown_changes_the_tag_of_its_post() throws InterruptedException {
        Hold put = new Hold();
        Hold get = new Hold();
        network.proxy.next(1, "putRecord", put);
        network.proxy.next(1, "getRecord", get);
        String post = "/v1/posts/" + network.publishNow("Where");
        Thread first = Thread.ofPlatform().start(flow::runDueJobs);
        put.awaitAnswer(LONG);
        String before = network.alice.get(post).header("ETag");
        flow.clock().advance(Duration.ofSeconds(61));

        Thread second = Thread.ofPlatform().start(flow::runDueJobs);
        get.awaitAnswer(LONG);

        assertThat(network.alice.get(post).text("targets/0/status")).isEqualTo("unknown");
        assertThat(network.alice.get(post).header("ETag")).isNotEqualTo(before);
        get.release();
        second.join();
        put.release();
        first.join();
    }

    @Test
    void a_worker_whose_post_is_gone_has_nothing_to_complain_about() throws InterruptedException {
        Hold get = new Hold();
        network.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        network.proxy.next(1, "getRecord", get);
        String post = network.publishNow("Where");
        List<LogRecord> warnings = new CopyOnWriteArrayList<>();
        WORKER.setFilter(record -> warnings.add(record) && false);
        Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
        get.awaitAnswer(LONG);

        String target = network.alice.getPost(post).at("/targets/0/id").asText();
        network.alice
                .post("/v1/posts/" + post + "/targets/" + target + "/resolve", "{\"outcome\":\"failed\"}")
                .expect(200);
        network.alice.delete("/v1/posts/" + post).expect(204);
        get.release();
        worker.join();

        WORKER.setFilter(null);
        assertThat(warnings).noneMatch(record -> record.getLevel().intValue() >= Level.WARNING.intValue());
    }

    private static final Logger WORKER = Logger.getLogger("io.flowapi.platform.jobs.Worker");
}
