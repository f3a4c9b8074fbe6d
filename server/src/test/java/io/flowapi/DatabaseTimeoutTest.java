package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A statement that does not end is ended, and what it ran on serves the next request. */
class DatabaseTimeoutTest {

    /** As many as there are connections, on either engine. */
    private static final int REQUESTS = 10;

    /** These failures are wanted; the log of a test run is for others. */
    private static final Logger FAILURES = Logger.getLogger("io.flowapi.platform.http.OperationHandler");

    @RegisterExtension
    static final Flow flow = new Flow(Duration.ofSeconds(1));

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    @BeforeEach
    void quieten() {
        FAILURES.setLevel(Level.OFF);
    }

    @AfterEach
    void restore() {
        FAILURES.setLevel(null);
    }

    @Test
    void reads_that_do_not_end_are_answered_503_and_their_connections_work_afterwards() throws Exception {
        endless();
        List<Answer> answers = atOnce(() -> alice.get("/v1/channels"));
        mended();

        answers.forEach(
                answer -> assertThat(answer.expect(503).header("Retry-After")).isEqualTo("1"));
        // With fewer readers than requests, some wait for their turn in vain.
        assertThat(answers).extracting(answer -> answer.text("code")).contains("database_timeout");
        assertThat(answers).extracting(answer -> answer.text("code")).isSubsetOf("database_timeout", "overloaded");
        assertThat(atOnce(() -> alice.get("/v1/channels")))
                .allSatisfy(answer ->
                        assertThat(answer.ok().at("/data/0/id").asText()).isEqualTo(channel));
    }

    @Test
    void a_write_that_does_not_end_is_answered_503_and_has_changed_nothing() {
        String post = TestCaller.postJson(channel, "Once", "");
        endless();
        Answer refused = alice.post("/v1/posts", post, "Idempotency-Key", "mine");
        mended();

        refused.isProblem(503, "database_timeout");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(alice.get("/v1/posts").ok().path("data")).isEmpty();
        String created =
                alice.post("/v1/posts", post, "Idempotency-Key", "mine").created();
        assertThat(alice.getPost(created).path("content").asText()).isEqualTo("Once");
    }

    /** From now on, whoever looks for a channel waits. */
    private static void endless() {
        ddl("alter table channels rename to kept_channels", """
                create view channels as
                select * from kept_channels
                where (
                  with recursive n (i) as (
                    select cast(1 as bigint) union all select i + 1 from n where i < 100000000000)
                  select count(*) from n) > 0
                """);
    }

    private static void mended() {
        ddl("drop view channels", "alter table kept_channels rename to channels");
    }

    private static void ddl(String... statements) {
        flow.installation().database().write(tx -> {
            Stream.of(statements).forEach(tx::execute);
            return null;
        });
    }

    private static List<Answer> atOnce(Callable<Answer> call) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    Stream.generate(() -> callers.submit(call)).limit(REQUESTS).toList();
            List<Answer> done = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }
}
