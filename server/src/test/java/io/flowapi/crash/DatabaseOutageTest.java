package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.OwnPostgres;
import io.flowapi.testing.StallingProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL stops, or hangs, while callers create posts and the worker sends them; nobody helps the server over it. */
@Tag("one-database")
@Timeout(180)
class DatabaseOutageTest {

    /** Shorter than usual, so that a hang is noticed sooner: nothing else depends on it. */
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration NOTICED_MAX = Duration.ofSeconds(30);
    private static final int SOME = 40;

    /** Below a lease: a job that the outage cut off does not wait for that to end. */
    private static final Duration SETTLED_MAX = Duration.ofSeconds(30);

    /** These failures are wanted; the log of a test run is for others. */
    private static final List<Logger> FAILURES = List.of(
            Logger.getLogger("io.flowapi.platform.http.OperationHandler"),
            Logger.getLogger("io.flowapi.platform.jobs.Worker"),
            Logger.getLogger("io.flowapi.platform.jobs.GivingBack"),
            Logger.getLogger("io.flowapi.platform.db.PostgresTransactions"),
            Logger.getLogger("io.flowapi.health.HealthProbe"));

    @TempDir
    static Path postgresDirectory;

    private static OwnPostgres postgres;

    @TempDir
    Path directory;

    private StallingProxy proxy;
    private Installation installation;
    private FlowServer server;
    private Sandbox sandbox;
    private Api api;

    @BeforeAll
    static void startPostgres() {
        postgres = OwnPostgres.start(postgresDirectory.resolve("postgres"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void start() {
        FAILURES.forEach(log -> log.setLevel(Level.OFF));
        proxy = StallingProxy.before(postgres.port());
        Map<String, String> environment = new HashMap<>(Flow.UNLIMITED);
        environment.put("FLOW_PORT", "0");
        environment.put("FLOW_DATA_DIR", directory.resolve("data").toString());
        environment.put("DATABASE_URL", postgres.freshDatabaseUrl(proxy.port()));
        Config config = Config.from(environment, Config.Role.ALL);
        installation = Installation.open(config, InstantSource.system(), DATABASE_TIMEOUT);
        FirstUser first = FirstUser.create(installation).orElseThrow();
        sandbox = new Sandbox(first.sandbox().id().toString());
        server = new FlowServer(config, installation);
        server.start();
        api = new Api(URI.create("http://127.0.0.1:" + server.port()), first.testKey());
    }

    @AfterEach
    void stop() {
        server.close();
        installation.close();
        proxy.close();
        FAILURES.forEach(log -> log.setLevel(null));
    }

    @Test
    void a_database_that_stops_is_told_while_it_is_gone_and_nothing_acknowledged_is_lost() throws Exception {
        outlasts(postgres::stop, postgres::startAgain);
    }

    @Test
    void a_database_that_hangs_is_told_while_it_does_and_nothing_acknowledged_is_lost() throws Exception {
        outlasts(proxy::stall, proxy::resume);
    }

    @Test
    void a_commit_that_is_not_answered_is_told_as_what_it_is_and_can_be_repeated() throws Exception {
        run("create function go_away() returns trigger language plpgsql as"
                + " 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'");
        run("create constraint trigger go_away after insert on posts deferrable initially deferred"
                + " for each row execute function go_away()");
        HttpResponse<String> unanswered = api.publishNow(sandbox.channel(), "Once", "key");
        run("drop trigger go_away on posts");

        isRefused(unanswered);
        assertThat(unanswered.body()).contains("whether this was done").doesNotContain("Nothing was changed");
        assertThat(api.publishNow(sandbox.channel(), "Once", "key").statusCode())
                .isEqualTo(201);
        assertThat(api.all("/v1/posts")).hasSize(1);
    }

    private void run(String ddl) {
        installation.database().write(tx -> tx.execute(ddl));
    }

    private void outlasts(Runnable begins, Runnable ends) throws Exception {
        Creators creators = Creators.start(() -> api, sandbox);
        try (creators) {
            more(creators);
            begins.run();
            Await.within(NOTICED_MAX, () -> status("/health/readiness") == 503);
            isDown();
            ends.run();
            Await.within(NOTICED_MAX, () -> status("/health/readiness") == 200);
            Await.within(NOTICED_MAX, () -> health().path("status").asText().equals("healthy"));
            more(creators);
        }
        Shown shown = Shown.whenSettled(api, sandbox, SETTLED_MAX);
        assertThat(Findings.of(0, creators, shown, List.of()).broken()).isEmpty();
    }

    private static void more(Creators creators) {
        int before = creators.acknowledged().size();
        Await.within(NOTICED_MAX, () -> creators.acknowledged().size() >= before + SOME);
    }

    private void isDown() throws Exception {
        // Side by side: each may wait as long as a connection and a statement may take.
        FutureTask<HttpResponse<String>> reading = begin(() -> api.answer("/v1/posts"));
        FutureTask<HttpResponse<String>> writing = begin(() -> api.createDraft(sandbox.channel(), "Refused"));
        assertThat(status("/health/health")).isEqualTo(503);
        assertThat(health().path("status").asText()).isEqualTo("unhealthy");
        assertThat(health().at("/checks/database/status").asText()).isEqualTo("error");
        assertThat(health().at("/checks/queue/status").asText()).isEqualTo("error");
        assertThat(health().at("/checks/storage/status").asText()).isEqualTo("ok");
        assertThat(status("/health/readiness")).isEqualTo(503);
        assertThat(status("/health/liveness")).isEqualTo(200);
        isRefused(reading.get());
        isRefused(writing.get());
    }

    private static FutureTask<HttpResponse<String>> begin(Callable<HttpResponse<String>> request) {
        FutureTask<HttpResponse<String>> answer = new FutureTask<>(request);
        Thread.ofPlatform().daemon().start(answer);
        return answer;
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"database_unavailable\"");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    private JsonNode health() {
        return Json.tree(answer("/health/health").body());
    }

    private int status(String target) {
        return answer(target).statusCode();
    }

    private HttpResponse<String> answer(String target) {
        try {
            return api.answer(target);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
