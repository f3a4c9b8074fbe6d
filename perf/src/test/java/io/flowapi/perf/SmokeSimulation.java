package io.flowapi.perf;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A light, steady load on the packaged server, whose every answer is checked: users arrive on time however slow the
 * server is, so that a stall shows. Milliseconds are judged only on request: they belong to the machine.
 */
public final class SmokeSimulation extends Simulation {

    private static final int FLOWS_PER_SECOND = 10;
    /** Health, the create, two looks at the post, the list; a slower publication needs more looks. */
    private static final int REQUESTS_PER_FLOW = 5;

    private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("flow.perf.seconds", 8));
    private static final Duration WARM_UP = MEASURED.dividedBy(2);

    private static final boolean JUDGE_MILLIS = Boolean.getBoolean("flow.perf.millis");
    private static final int P95_MILLIS_MAX = 200;
    private static final int HEALTH_P95_MILLIS_MAX = 100;
    /** A request that takes longer has failed: as a limit it always holds, and makes Gatling print the figure. */
    private static final int ANSWER_MILLIS_MAX = 10_000;

    private static final Duration PUBLISHED_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ServerUnderTest server;

    public SmokeSimulation() throws IOException {
        Path target = Path.of(System.getProperty("flow.perf.target"));
        Path data = Files.createDirectories(target.resolve("data"));
        server = ServerUnderTest.start(
                Files.createTempDirectory(data, "smoke-"),
                target.resolve("flow-perf.jar").toString(),
                List.of());
        Duration plantedDelay = Duration.ofMillis(Integer.getInteger("flow.perf.planted-delay", 0));
        int port = plantedDelay.isZero() ? server.port() : new DelayingProxy(server.port(), plantedDelay).port();
        HttpProtocolBuilder protocol = protocol(port);
        setUp(users("warm-up", WARM_UP)
                        .protocols(protocol.silentUri(".*"))
                        .andThen(users("measured", MEASURED).protocols(protocol)))
                .assertions(
                        global().allRequests().count().gte(FLOWS_PER_SECOND * MEASURED.toSeconds() * REQUESTS_PER_FLOW),
                        global().failedRequests().count().is(0L),
                        global().responseTime().percentile(50).lt(ANSWER_MILLIS_MAX),
                        global().responseTime().percentile(95).lt(limit(P95_MILLIS_MAX)),
                        global().responseTime().percentile(99).lt(ANSWER_MILLIS_MAX),
                        details("health").responseTime().percentile(95).lt(limit(HEALTH_P95_MILLIS_MAX)),
                        details("createPost").responseTime().percentile(95).lt(ANSWER_MILLIS_MAX),
                        details("getPost").responseTime().percentile(95).lt(ANSWER_MILLIS_MAX),
                        details("listPosts").responseTime().percentile(95).lt(ANSWER_MILLIS_MAX));
    }

    private static int limit(int millis) {
        return JUDGE_MILLIS ? millis : ANSWER_MILLIS_MAX;
    }

    private HttpProtocolBuilder protocol(int port) {
        return http.baseUrl("http://127.0.0.1:" + port)
                .authorizationHeader("Bearer " + server.key())
                .acceptHeader("application/json")
                .disableWarmUp();
    }

    private PopulationBuilder users(String name, Duration time) {
        ChainBuilder flow = exec(health(), createPost())
                .exec(asLongAsDuring(session -> !"published".equals(session.getString("status")), PUBLISHED_MAX)
                        .on(exec(getPost().check(jsonPath("$.status").saveAs("status")))
                                .pause(LOOK_AGAIN)))
                .exec(getPost().check(jsonPath("$.status").is("published")), listPosts());
        return scenario(name)
                .exec(flow)
                .injectOpen(constantUsersPerSec(FLOWS_PER_SECOND).during(time));
    }

    private static HttpRequestActionBuilder health() {
        return http("health")
                .get("/health/health")
                .check(status().is(200), jsonPath("$.status").is("healthy"));
    }

    private HttpRequestActionBuilder createPost() {
        return http("createPost")
                .post("/v1/posts")
                .header("Idempotency-Key", session -> UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .body(StringBody("""
                        {"content": "Hello from a smoke test", "targets": [{"channelId": "%s"}], "publishNow": true, "allowDuplicate": true}
                        """.formatted(server.channel())))
                .check(
                        status().is(201),
                        jsonPath("$.status").is("publishing"),
                        jsonPath("$.id").saveAs("postId"));
    }

    private static HttpRequestActionBuilder getPost() {
        return http("getPost")
                .get("/v1/posts/#{postId}")
                .check(status().is(200), jsonPath("$.id").isEL("#{postId}"));
    }

    private static HttpRequestActionBuilder listPosts() {
        return http("listPosts")
                .get("/v1/posts?limit=50")
                .check(
                        status().is(200),
                        jsonPath("$.data[?(@.id == '#{postId}')].status").is("published"));
    }

    @Override
    public void after() {
        try {
            server.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
