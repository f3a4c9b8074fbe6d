package io.flowapi.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static Answer createChannel(TestCaller caller, String name, String key) {
        return caller.post(
                "/v1/channels", "{\"name\":\"" + name + "\",\"provider\":\"sandbox\"}", "Idempotency-Key", key);
    }

    private static int channels(TestCaller caller) {
        return caller.get("/v1/channels?limit=100").ok().path("data").size();
    }

    @Test
    void a_repeated_request_gets_the_first_answer_again() {
        TestCaller alice = flow.caller();
        Answer first = createChannel(alice, "One", "key-1");

        Answer again = flow.unchanged(() -> createChannel(alice, "One", "key-1"));

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.expect(201).text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location")).isNotEmpty();
        assertThat(again.header("Content-Type")).isEqualTo("application/json");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.header("X-Request-Id")).isNotEmpty().isNotEqualTo(first.header("X-Request-Id"));
        assertThat(channels(alice)).isEqualTo(1);
    }

    @Test
    void every_post_operation_can_be_repeated() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String post = TestCaller.postJson(channel, "Hi", "");
        String id = alice.post("/v1/posts", post, "Idempotency-Key", "create").created();
        String cancelled = alice.draft(channel, "Cancelled");

        assertThat(alice.post("/v1/posts", post, "Idempotency-Key", "create").created())
                .isEqualTo(id);
        for (String path : List.of("/v1/posts/" + id + "/publish", "/v1/posts/" + cancelled + "/cancel")) {
            Answer first = alice.send("POST", path, "Idempotency-Key", path.replace('/', '.'));
            flow.runDueJobs();
            Answer again = alice.send("POST", path, "Idempotency-Key", path.replace('/', '.'));
            assertThat(again.expect(200).text()).isEqualTo(first.expect(200).text());
            assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        }
        assertThat(alice.timeline(channel)).containsExactly("Hi");
    }

    @Test
    void another_request_with_the_same_key_is_refused() {
        TestCaller alice = flow.caller();
        createChannel(alice, "One", "key-1").expect(201);

        Answer otherBody = flow.unchanged(() -> createChannel(alice, "Other", "key-1"));
        Answer otherPath =
                flow.unchanged(() -> alice.post("/v1/api-keys", "{\"name\":\"One\"}", "Idempotency-Key", "key-1"));

        otherBody.isProblem(422, "idempotency_key_reused");
        otherPath.isProblem(422, "idempotency_key_reused");
    }

    @Test
    void fifty_at_once_make_one_post() throws InterruptedException, ExecutionException {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String json = TestCaller.postJson(channel, "Once", "\"publishNow\":true");

        List<Answer> answers = fiftyTimes(() -> alice.post("/v1/posts", json, "Idempotency-Key", "key-50"));
        flow.runDueJobs();

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream().map(Answer::text).distinct()).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.header("Idempotent-Replayed").isEmpty()))
                .hasSize(1);
        assertThat(alice.get("/v1/posts").ok().path("data")).hasSize(1);
        assertThat(alice.timeline(channel)).containsExactly("Once");
    }

    private static List<Answer> fiftyTimes(Callable<Answer> call) throws InterruptedException, ExecutionException {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(call);
            }
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void a_quoted_key_is_the_same_as_a_bare_one() {
        TestCaller alice = flow.caller();
        String bare = createChannel(alice, "One", "8e03978e-40d5-43dd-bc93-6894a57f9324")
                .created();

        String quoted = createChannel(alice, "One", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")
                .created();

        assertThat(quoted).isEqualTo(bare);
    }

    @Test
    void keys_of_other_users_and_of_the_other_mode_are_other_keys() {
        Flow.TestUser user = flow.user();
        TestCaller alice = user.key(Mode.TEST);
        TestCaller live = user.key(Mode.LIVE);
        TestCaller bob = flow.caller();
        createChannel(alice, "Mine", "key-1").expect(201);

        Answer others = createChannel(bob, "His", "key-1");
        Answer otherMode = createChannel(live, "Mine", "key-1");
        Answer otherKeyOfTheSame = createChannel(user.key(Mode.TEST), "Mine", "key-1");

        assertThat(others.expect(201).header("Idempotent-Replayed")).isEmpty();
        assertThat(otherMode.expect(201).header("Idempotent-Replayed")).isEmpty();
        assertThat(otherKeyOfTheSame.expect(201).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(channels(live)).isEqualTo(1);
    }

    @Test
    void after_a_day_it_is_a_new_request() {
        TestCaller alice = flow.caller();
        String first = createChannel(alice, "One", "key-1").created();

        flow.clock().advance(Duration.ofHours(24).minusMillis(1));
        String within = createChannel(alice, "One", "key-1").created();
        flow.clock().advance(Duration.ofMillis(1));
        Answer after = createChannel(alice, "Other", "key-1");

        assertThat(within).isEqualTo(first);
        assertThat(after.created()).isNotEqualTo(first);
    }

    @Test
    void forgets_answers_after_a_day() {
        TestCaller alice = flow.caller();
        createChannel(alice, "One", "forgotten").expect(201);
        purge();
        assertThat(answers("forgotten")).hasSize(1);
        flow.clock().advance(Duration.ofHours(24));
        flow.runDueJobs();

        assertThat(answers("forgotten")).isEmpty();
    }

    @Test
    void very_many_answers_are_forgotten_in_many_transactions() {
        IdempotencyStore answers = new IdempotencyStore();
        Instant now = flow.clock().instant();
        flow.installation().database().write(tx -> {
            IntStream.rangeClosed(0, OldAnswerStore.AT_ONCE)
                    .forEach(i -> answers.reserve(tx, "many", new IdempotencyKey("many-" + i, "once"), now));
            return null;
        });
        flow.clock().advance(Duration.ofHours(24));

        purge();

        int left = flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from idempotency_keys where owner = 'many'")
                        .mapTo(Integer.class)
                        .one());
        assertThat(left).isZero();
    }

    private static void purge() {
        flow.installation().database().write(tx -> {
            new JobQueue(flow.installation().ids())
                    .enqueue(
                            tx,
                            Work.maintenance("purge_idempotency_keys", "all"),
                            flow.clock().instant());
            return null;
        });
        flow.runDueJobs();
    }

    @Test
    void a_secret_is_replayed_but_cannot_be_read_where_it_is_kept() {
        TestCaller alice = flow.caller();
        Answer made = alice.post("/v1/api-keys", "{\"name\":\"CI\"}", "Idempotency-Key", "key-of-a-key");

        Answer again = alice.post("/v1/api-keys", "{\"name\":\"CI\"}", "Idempotency-Key", "key-of-a-key");

        assertThat(again.text("secret")).isEqualTo(made.text("secret")).isNotEmpty();
        assertThat(answers("key-of-a-key")).singleElement().asString().doesNotContain("secret", made.text("prefix"));
    }

    /** The key itself is not kept: it may be a secret that was sent by mistake. */
    private static String kept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> answers(String key) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select answer from idempotency_keys where key = :key")
                        .bind("key", kept(key))
                        .mapTo(String.class)
                        .list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"One\"}", "{\"name\":", "{\"name\":\"One\",\"provider\":\"other\"}"})
    void a_request_that_was_refused_as_unreadable_or_invalid_may_be_corrected(String bad) {
        TestCaller alice = flow.caller();

        flow.unchanged(() -> alice.post("/v1/channels", bad, "Idempotency-Key", "corrected"));

        createChannel(alice, "One", "corrected").expect(201);
    }

    @Test
    void a_request_without_scope_leaves_the_key_unused() {
        Flow.TestUser alice = flow.user();

        createChannel(alice.key(Mode.TEST, "channels:read"), "One", "key-1").isProblem(403, "insufficient_scope");

        createChannel(alice.key(Mode.TEST), "One", "key-1").expect(201);
    }

    @Test
    void a_refusal_that_the_operation_decided_is_repeated_too() {
        TestCaller alice = flow.caller();
        String channel = alice.channel();
        String id = alice.publishNow(channel, "Out");
        flow.runDueJobs();
        Answer first = alice.send("POST", "/v1/posts/" + id + "/publish", "Idempotency-Key", "refused");

        Answer again = alice.send("POST", "/v1/posts/" + id + "/publish", "Idempotency-Key", "refused");

        first.isProblem(409, "post_not_publishable");
        assertThat(again.expect(409).text()).isEqualTo(first.text());
        assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    }
}
