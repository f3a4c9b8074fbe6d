package io.flowapi.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.platform.db.Transaction;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.PostgresServer;
import io.flowapi.testing.StallingProxy;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.TestClock;
import io.flowapi.testing.Wire;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Health answers while a database does not, and is over it by itself. */
@Tag("one-database")
class HungDatabaseTest {

    private static final Duration RECOVERED_MAX = Duration.ofSeconds(30);
    private static final int READERS = 4;
    private static final int PROBES = 20;

    @RegisterExtension
    static final Flow flow = new Flow(Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void with_readers_that_hang_it_is_unhealthy_and_not_ready() throws Exception {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = alice.publishNow(channel, "accepted before");
        hold(READERS, Database::read);
        isRefused(alice.get("/v1/posts"));
        isRefused(alice.post("/v1/posts", TestCaller.postJson(channel, "refused", "")));
        for (int i = 0; i < PROBES; i++) {
            flow.clock().advance(Duration.ofSeconds(1));
            isDown(flow.port());
        }
        assertThat(threads("health-database")).isEqualTo(1);
        assertThat(threads("health-queue")).isEqualTo(1);

        released.countDown();
        recovers(flow.port(), flow.clock());
        isPublishedOnce(alice, channel, post);
    }

    @Test
    void with_a_writer_that_hangs_it_is_unhealthy_and_ready_for_what_reads() throws Exception {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = alice.publishNow(channel, "accepted before");
        hold(1, Database::write);
        flow.clock().advance(Duration.ofSeconds(1));

        assertThat(get(flow.port(), "health").expect(503).text("checks/database/status"))
                .isEqualTo("error");
        get(flow.port(), "readiness").expect(200);
        alice.get("/v1/me").expect(200);
        alice.get("/v1/posts").expect(200);
        isRefused(alice.post("/v1/posts", TestCaller.postJson(channel, "refused", "")));

        released.countDown();
        recovers(flow.port(), flow.clock());
        isPublishedOnce(alice, channel, post);
    }

    /** It waited for its turn for as long as work may, and took it back. */
    private static void isRefused(Answer answer) {
        assertThat(answer.isProblem(503, "overloaded").header("Retry-After")).isEqualTo("1");
    }

    private static void isPublishedOnce(TestCaller alice, String channel, String post) {
        flow.runDueJobs();
        assertThat(alice.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(alice.get("/v1/posts").ok().path("data")).hasSize(1);
        assertThat(alice.timeline(channel)).containsExactly("accepted before");
    }

    @Test
    void with_a_server_that_hangs_it_is_unhealthy_and_not_ready() {
        URI url = URI.create(PostgresServer.freshDatabaseUrl());
        try (StallingProxy proxy = StallingProxy.before(url.getPort())) {
            String proxied = url.toString().replace(":" + url.getPort() + "/", ":" + proxy.port() + "/");
            Config config = Config.from(
                    Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString(), "DATABASE_URL", proxied),
                    Config.Role.API);
            TestClock clock = new TestClock();
            try (Installation installation = Installation.open(config, clock);
                    FlowServer server = new FlowServer(config, installation)) {
                server.start();
                get(server.port(), "readiness").expect(200);

                proxy.stall();
                for (int i = 0; i < PROBES; i++) {
                    clock.advance(Duration.ofSeconds(1));
                    isDown(server.port());
                }
                assertThat(threads("health-database")).isEqualTo(1);

                proxy.resume();
                recovers(server.port(), clock);
            }
        }
    }

    private static void isDown(int port) {
        Answer health = get(port, "health").expect(503);
        assertThat(health.text("status")).isEqualTo("unhealthy");
        assertThat(health.text("checks/database/status")).isEqualTo("error");
        assertThat(health.text("checks/storage/status")).isEqualTo("ok");
        assertThat(health.text("checks/queue/status")).isEqualTo("error");
        assertThat(get(port, "readiness").expect(503).text("status")).isEqualTo("unavailable");
        assertThat(get(port, "liveness").expect(200).text("status")).isEqualTo("ok");
    }

    private static void recovers(int port, TestClock clock) {
        Await.within(RECOVERED_MAX, () -> {
            clock.advance(Duration.ofSeconds(1));
            return get(port, "readiness").status() == 200
                    && get(port, "health").text("checks/database/status").equals("ok");
        });
    }

    private static Answer get(int port, String route) {
        return Wire.send(port, "GET /health/" + route + " HTTP/1.1", "Connection: close");
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }

    /** Takes so many of the threads that serve the database, and keeps them until the release. */
    private void hold(int threads, Way way) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(threads);
        Database database = flow.installation().database();
        for (int i = 0; i < threads; i++) {
            Thread.startVirtualThread(() -> {
                try {
                    way.run(database, tx -> {
                        held.countDown();
                        return untilReleased();
                    });
                } catch (DatabaseFailure tooLong) {
                    // It was meant to be.
                }
            });
        }
        held.await();
    }

    private boolean untilReleased() {
        try {
            released.await();
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    private interface Way {
        Object run(Database database, Transaction<Object> work);
    }
}
