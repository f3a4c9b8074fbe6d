package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network that fails five times in a row is left alone for a minute; nothing fails because of it. */
class FailingNetworkTest {

    /** Taken, but the answer is lost: for whoever sends, a failure. */
    private static final String FAILS = "[sandbox:timeout]";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();
    private int failures;

    private String publish(String content) {
        String id = alice.publishNow(channel, content);
        flow.runDueJobs();
        return id;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            publish(FAILS + " " + ++failures);
        }
    }

    private JsonNode target(String post) {
        return alice.getPost(post).at("/targets/0");
    }

    private void waits(String post) {
        JsonNode target = target(post);
        assertThat(target.path("status").asText()).as(target.toString()).isEqualTo("pending");
        assertThat(target.at("/error/category").asText()).isEqualTo("provider_error");
        assertThat(target.at("/error/code").asText()).isEqualTo("breaker_open");
        assertThat(target.path("attempts").asInt()).isZero();
        assertThat(alice.get("/v1/posts/" + post + "/attempts").ok().path("data"))
                .isEmpty();
    }

    private int attempts(List<String> posts) {
        return posts.stream()
                .mapToInt(post -> target(post).path("attempts").asInt())
                .sum();
    }

    private void isOut(String post) {
        assertThat(target(post).path("status").asText()).isEqualTo("published");
        assertThat(target(post).has("error")).isFalse();
    }

    @Test
    void an_answer_among_failures_begins_a_new_streak() {
        fail(4);
        isOut(publish("answered"));
        fail(4);
        isOut(publish("answered again"));
        fail(4);
        publish("[sandbox:rejected]");
        fail(4);

        isOut(publish("still sent"));
    }

    @Test
    void the_fifth_failure_in_a_row_makes_posts_wait_for_a_minute_and_then_they_go_out() {
        fail(4);
        isOut(publish("answered"));
        fail(5);
        List<String> waiting = new ArrayList<>(List.of(publish("one"), publish("two"), publish("three")));
        waiting.forEach(this::waits);

        flow.clock().advance(MINUTE.minusMillis(1));
        flow.runDueJobs();
        waiting.forEach(this::waits);
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();

        waiting.forEach(this::isOut);
        waiting.forEach(
                post -> assertThat(target(post).path("attempts").asInt()).isEqualTo(1));
        assertThat(alice.timeline(channel)).hasSize(4 + 1 + 5 + 3).doesNotHaveDuplicates();
    }

    @Test
    void that_a_post_waits_is_a_new_version_of_it_and_that_it_still_does_is_not() {
        fail(5);
        List<String> posts =
                List.of(alice.publishNow(channel, FAILS + " one"), alice.publishNow(channel, FAILS + " two"));
        Map<String, String> before = versions(posts);
        flow.runDueJobs();
        Map<String, String> waiting = versions(posts);
        flow.clock().advance(MINUTE);
        flow.runDueJobs();

        assertThat(posts).allSatisfy(post -> assertThat(waiting.get(post)).isNotEqualTo(before.get(post)));
        String other = posts.stream()
                .filter(post -> target(post).path("attempts").asInt() == 0)
                .findFirst()
                .orElseThrow();
        waits(other);
        assertThat(version(other)).isEqualTo(waiting.get(other));
    }

    private Map<String, String> versions(List<String> posts) {
        return posts.stream().collect(Collectors.toMap(Function.identity(), this::version));
    }

    private String version(String post) {
        return alice.get("/v1/posts/" + post).header("ETag");
    }

    @Test
    void after_the_minute_one_post_is_tried_and_the_others_wait_for_how_it_goes() {
        fail(5);
        List<String> waiting = List.of(publish(FAILS + " one"), publish(FAILS + " two"));
        waiting.forEach(this::waits);

        flow.clock().advance(MINUTE);
        flow.runDueJobs();
        assertThat(attempts(waiting)).isEqualTo(1);
        flow.clock().advance(MINUTE.minusMillis(1));
        flow.runDueJobs();
        assertThat(attempts(waiting)).isEqualTo(1);
        flow.clock().advance(Duration.ofMillis(1));
        flow.runDueJobs();
        assertThat(attempts(waiting)).isEqualTo(2);

        String other = publish("other");
        waits(other);
        flow.clock().advance(MINUTE);
        flow.runDueJobs();
        isOut(other);
        fail(4);
        isOut(publish("a new streak"));
    }

    /** Whoever was to make it may have died, or met a fault of ours. */
    @Test
    void a_trial_that_nobody_tells_of_is_followed_by_another_after_a_minute() {
        fail(5);
        String faulty = publish("met a fault");
        sql("update targets set attempts = 1 where post_id = '" + faulty + "'");
        flow.clock().advance(MINUTE);
        flow.runDueJobs();
        sql("update targets set attempts = 0 where post_id = '" + faulty + "'");
        String other = publish("other");
        waits(other);

        flow.clock().advance(MINUTE);
        flow.runDueJobs();
        flow.clock().advance(MINUTE);
        flow.runDueJobs();

        isOut(faulty);
        isOut(other);
    }

    private static void sql(String statement) {
        flow.installation().database().write(tx -> tx.execute(statement));
    }

    @Test
    void other_servers_of_the_network_are_not_waited_for() {
        fail(5);
        waits(publish("waits"));

        String elsewhere = alice.publishNow(alice.channel(), "elsewhere");
        flow.runDueJobs();

        isOut(elsewhere);
    }

    @Test
    void what_was_sent_is_found_though_nothing_more_is_sent() {
        fail(4);
        String fifth = publish(FAILS);
        waits(publish("waits"));

        isOut(fifth);
    }

    @Test
    void a_post_that_waits_can_be_cancelled() {
        fail(5);
        String post = publish("never");
        waits(post);

        alice.post("/v1/posts/" + post + "/cancel").expect(200);
        flow.clock().advance(MINUTE);
        flow.runDueJobs();

        assertThat(target(post).path("status").asText()).isEqualTo("cancelled");
        assertThat(alice.timeline(channel)).doesNotContain("never");
    }

    @Test
    void nothing_is_deleted_from_it_meanwhile() {
        String post = publish("stays");
        fail(5);

        alice.delete("/v1/posts/" + post + "?fromProvider=true")
                .isProblem(409, "post_not_deleted", "fromProvider breaker_open");
        assertThat(alice.timeline(channel)).contains("stays");

        flow.clock().advance(MINUTE);
        alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(alice.timeline(channel)).doesNotContain("stays");
    }

    @Test
    void the_figure_tells_that_a_network_is_left_alone() {
        Flow fresh = new Flow();
        fresh.start();
        try {
            TestCaller bob = fresh.caller();
            String his = bob.channel();
            assertThat(state(fresh)).isZero();
            for (int i = 0; i < 5; i++) {
                bob.publishNow(his, FAILS + i);
                fresh.runDueJobs();
            }
            assertThat(state(fresh)).isEqualTo(2);
            fresh.clock().advance(MINUTE);
            assertThat(state(fresh)).isEqualTo(1);
            bob.publishNow(his, "works");
            fresh.runDueJobs();
            assertThat(state(fresh)).isZero();
        } finally {
            fresh.stop();
        }
    }

    private static double state(Flow fresh) {
        return fresh.scrape().sum("flow_breaker_state", "provider", "sandbox");
    }
}
