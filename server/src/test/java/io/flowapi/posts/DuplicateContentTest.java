package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same text on the same channel within a day is more likely a mistake than meant. */
class DuplicateContentTest {

    private static final String NOW = ",\"publishNow\":true";
    private static final String ALLOWED = ",\"allowDuplicate\":true";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String channel = alice.channel();

    private String json(String content, String rest) {
        return "{\"content\":\"" + content + "\",\"targets\":[{\"channelId\":\"" + channel + "\"}]" + rest + "}";
    }

    private Answer create(String content, String rest) {
        return alice.post("/v1/posts", json(content, rest));
    }

    private String at(Duration ahead) {
        return ",\"scheduledAt\":\"" + flow.clock().instant().plus(ahead) + "\"";
    }

    private static void refused(Answer answer, String pointer, String existing) {
        answer.isProblem(409, "duplicate_content", pointer + " duplicate_content");
        assertThat(answer.text("detail")).contains(existing);
        assertThat(answer.text("errors/0/detail")).contains(existing);
    }

    @Test
    void a_second_post_is_refused_with_the_id_of_the_first_until_it_is_allowed() {
        String first = create("Hello", NOW).created();

        refused(flow.unchanged(() -> create("Hello", NOW)), "#/targets/0", first);
        flow.runDueJobs();
        refused(flow.unchanged(() -> create("Hello", NOW)), "#/targets/0", first);
        create("Hello!", NOW).created();
        create("Hello", NOW + ALLOWED).created();
        flow.runDueJobs();

        assertThat(alice.timeline(channel)).containsExactlyInAnyOrder("Hello", "Hello!", "Hello");
    }

    @Test
    void what_counts_is_the_text_as_the_channel_gets_it() {
        String other = alice.channel();
        String both = alice.post("/v1/posts", """
                        {"content":"One","publishNow":true,
                         "targets":[{"channelId":"%s","content":"Own"},{"channelId":"%s"}]}
                        """.formatted(channel, other)).created();

        create("One", NOW).created();
        refused(create("<b>Own</b>", NOW), "#/targets/0", both);
        refused(alice.post("/v1/posts", """
                        {"content":"Two","publishNow":true,
                         "targets":[{"channelId":"%s"},{"channelId":"%s","content":"One"}]}
                        """.formatted(channel, other)), "#/targets/1", both);
    }

    @Test
    void another_day_is_another_matter_and_what_counts_is_when_it_is_due() {
        String first = create("Good morning", at(Duration.ofDays(10))).created();

        refused(create("Good morning", at(Duration.ofDays(11).minusSeconds(1))), "#/targets/0", first);
        refused(create("Good morning", at(Duration.ofDays(9).plusSeconds(1))), "#/targets/0", first);
        create("Good morning", at(Duration.ofDays(11))).created();
        create("Good morning", NOW).created();
    }

    @Test
    void a_draft_may_say_what_it_wants_until_it_leaves_draft() {
        String first = create("Hello", NOW).created();
        String draft = "/v1/posts/" + create("Hello", "").created();
        String schedule = "{" + at(Duration.ofHours(23)).substring(1);

        refused(alice.post(draft + "/publish"), "#/targets/0", first);
        refused(alice.patch(draft, schedule + "}"), "#/targets/0", first);
        assertThat(alice.get(draft).text("status")).isEqualTo("draft");
        alice.patch(draft, "{\"content\":\"Other\"}").expect(200);
        alice.patch(draft, "{\"content\":\"Hello\"}").expect(200);
        refused(alice.post(draft + "/publish"), "#/targets/0", first);
        alice.patch(draft, schedule + ALLOWED + "}").expect(200);

        String another = "/v1/posts/" + create("Hello", "").created();
        alice.post(another + "/publish?allowDuplicate=true").expect(200);
    }

    @Test
    void a_changed_text_is_what_counts_from_then_on() {
        String post = create("Before", at(Duration.ofHours(1))).created();
        alice.patch("/v1/posts/" + post, "{\"content\":\"After\"}").expect(200);

        create("Before", NOW).created();
        refused(create("After", NOW), "#/targets/0", post);
    }

    @Test
    void what_is_not_out_and_never_will_be_does_not_count() {
        String cancelled = create("Cancelled", at(Duration.ofHours(1))).created();
        alice.post("/v1/posts/" + cancelled + "/cancel").expect(200);
        create("Cancelled", NOW).created();

        create("[sandbox:rejected]", NOW).created();
        flow.runDueJobs();
        create("[sandbox:rejected]", NOW).created();

        String doubtful = create("[sandbox:unknown]", NOW).created();
        flow.runDueJobs();
        refused(create("[sandbox:unknown]", NOW), "#/targets/0", doubtful);
    }

    @Test
    void a_repeated_request_is_answered_as_before() {
        Answer first = alice.post("/v1/posts", json("Once", NOW), "Idempotency-Key", "k");

        Answer again = alice.post("/v1/posts", json("Once", NOW), "Idempotency-Key", "k");

        assertThat(again.created()).isEqualTo(first.created());
    }

    @Test
    void of_many_at_the_same_moment_exactly_one_is_taken() throws Exception {
        int callers = 8;
        for (int round = 0; round < 10; round++) {
            String content = "Round " + round;
            CountDownLatch start = new CountDownLatch(1);
            try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int caller = 0; caller < callers; caller++) {
                    answers.add(threads.submit(() -> {
                        start.await();
                        return create(content, NOW).status();
                    }));
                }
                start.countDown();
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> answer : answers) {
                    statuses.add(answer.get());
                }
                assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
            }
        }
    }
}
