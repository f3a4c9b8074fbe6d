package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Hold;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
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

    @Test
    void a_channel_that_was_connected_again_meanwhile_stays_connected() throws InterruptedException {
        pds.revokeAppPassword(account, "first");
        proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        proxy.next(1, "refreshSession", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
        Hold login = new Hold();
        proxy.next(1, "createSession", login);
        String post = alice.publishNow(channel, "At last");
        Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
        login.awaitAnswer(LONG);

        reconnect(proxy);
        login.release();
        worker.join();

        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("connected");
        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void a_server_gets_no_token_that_another_has_given() throws InterruptedException {
        try (CuttingProxy moved = CuttingProxy.before(pds.url())) {
            proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\"}"));
            Hold refresh = new Hold();
            proxy.next(1, "refreshSession", refresh);
            String post = alice.publishNow(channel, "Moved");
            Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
            refresh.awaitAnswer(LONG);

            reconnect(moved);
            refresh.release();
            worker.join();

            assertThat(proxy.requests("putRecord")).isEqualTo(1);
            assertThat(moved.requests("putRecord")).isEqualTo(1);
            assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        }
    }

    private void reconnect(CuttingProxy at) {
        Map<String, String> credentials = credentials(at, pds.createAppPassword(account, "second"));
        alice.patch("/v1/channels/" + channel, Json.text(Map.of("credentials", credentials)))
                .expect(200);
    }

    @Test
    void a_target_that_becomes_unknown_changes_the_tag_of_its_post() throws InterruptedException {
        Hold put = new Hold();
        Hold get = new Hold();
        proxy.next(1, "putRecord", put);
        proxy.next(1, "getRecord", get);
        String post = "/v1/posts/" + alice.publishNow(channel, "Where");
        Thread first = Thread.ofPlatform().start(flow::runDueJobs);
        put.awaitAnswer(LONG);
        String before = alice.get(post).header("ETag");
        flow.clock().advance(Duration.ofSeconds(61));

        Thread second = Thread.ofPlatform().start(flow::runDueJobs);
        get.awaitAnswer(LONG);

        assertThat(alice.get(post).text("targets/0/status")).isEqualTo("unknown");
        assertThat(alice.get(post).header("ETag")).isNotEqualTo(before);
        get.release();
        second.join();
        put.release();
        first.join();
    }

    @Test
    void a_worker_whose_post_is_gone_has_nothing_to_complain_about() throws InterruptedException {
        Hold get = new Hold();
        proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
        proxy.next(1, "getRecord", get);
        String post = alice.publishNow(channel, "Where");
        List<LogRecord> warnings = new CopyOnWriteArrayList<>();
        WORKER.setFilter(record -> warnings.add(record) && false);
        Thread worker = Thread.ofPlatform().start(flow::runDueJobs);
        get.awaitAnswer(LONG);

        String target = alice.getPost(post).at("/targets/0/id").asText();
        alice.post("/v1/posts/" + post + "/targets/" + target + "/resolve", "{\"outcome\":\"failed\"}")
                .expect(200);
        alice.delete("/v1/posts/" + post).expect(204);
        get.release();
        worker.join();

        WORKER.setFilter(null);
        assertThat(warnings).noneMatch(record -> record.getLevel().intValue() >= Level.WARNING.intValue());
    }

    private static final Logger WORKER = Logger.getLogger("io.flowapi.platform.jobs.Worker");
}
