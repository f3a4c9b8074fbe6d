package io.flowapi.x;

import static io.flowapi.x.TroubledX.LIST;
import static io.flowapi.x.TroubledX.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Await;
import io.flowapi.testing.FakeX;
import io.flowapi.testing.LateRequest;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What X shows late, or not at all: it is sent once more at most, and never said to be what it is not. */
class DoubtOnXTest {

    private static final String NOT_SHOWN = "unknown unknown not_shown";
    private static final String ERROR = "{\"title\":\"Service Unavailable\",\"type\":\"about:blank\",\"status\":503}";

    /** These failures are wanted. Held, because what nobody holds is forgotten. */
    private static final Logger WORKER = Logger.getLogger("io.flowapi.platform.jobs.Worker");

    @RegisterExtension
    static final TroubledX x = new TroubledX();

    @Test
    void only_three_looks_over_ten_minutes_let_it_be_sent_once_more() {
        x.nextPost(Treatment.cutAtOnce());
        String post = x.publishNow("lost");

        assertThat(said(x.afterDueJobs(post))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.after(Duration.ofSeconds(299), post))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.after(Duration.ofSeconds(1), post))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.after(Duration.ofSeconds(299), post))).isEqualTo(NOT_SHOWN);
        assertThat(x.fake.texts()).isEmpty();
        assertThat(said(x.after(Duration.ofSeconds(1), post))).startsWith("pending");

        JsonNode target = x.after(Duration.ofSeconds(1), post);
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(2);
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(x.fake.only().id());
    }

    @Test
    void both_sends_have_the_same_bytes() {
        x.nextPost(Treatment.answer(500, ERROR));
        String post = x.publishNow("same", Map.of("replySettings", "following"));
        x.settled(post);

        JsonNode attempts = x.alice.get("/v1/posts/" + post + "/attempts").ok().path("data");

        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).path("request")).isEqualTo(attempts.get(1).path("request"));
        assertThat(x.sends()).isEqualTo(2);
    }

    @Test
    void looks_that_fail_do_not_count() {
        x.nextPost(Treatment.cutAtOnce());
        x.proxy.next(4, LIST, Treatment.answer(503, ERROR));
        String post = x.publishNow("unread");

        assertThat(said(x.afterDueJobs(post))).isEqualTo("unknown provider_error provider_unavailable");
        for (int minutes = 0; minutes < 12; minutes++) {
            assertThat(said(x.after(Duration.ofMinutes(1), post))).startsWith("unknown");
        }
        assertThat(x.fake.texts()).isEmpty();
        assertThat(said(x.settled(post))).isEqualTo("published");
        assertThat(x.fake.texts()).containsExactly("unread");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"x\",\"type\":\"about:blank\"}]}",
                "{\"data\":[],\"meta\":{\"result_count\":0},\"errors\":[{\"title\":\"x\"}]}",
                "{\"meta\":{\"result_count\":2},\"data\":[]}",
                "{\"meta\":{\"result_count\":1},\"data\":[{\"id\":\"1\",\"text\":\"x\"}]}",
                "{}"
            })
    void a_page_that_is_not_whole_is_no_look(String page) {
        x.nextPost(Treatment.cutAtOnce());
        x.proxy.next(1, LIST, Treatment.answer(200, page));

        String post = x.publishNow("unread");

        assertThat(said(x.afterDueJobs(post))).isEqualTo("unknown provider_error unclear_answer");
        assertThat(said(x.settled(post))).isEqualTo("published");
    }

    @Test
    void a_post_that_is_shown_late_is_found_and_not_sent_again() {
        x.fake.showsAfter(Duration.ofMinutes(7));
        x.nextPost(Treatment.cutBeforeAnswer());
        String post = x.publishNow("late");

        assertThat(said(x.afterDueJobs(post))).isEqualTo(NOT_SHOWN);
        JsonNode target = x.settled(post);

        assertThat(said(target)).isEqualTo("published");
        assertThat(x.sends()).isEqualTo(1);
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(x.fake.only().id());
        assertThat(target.path("publishedAt").asText())
                .isEqualTo(x.fake.only().createdAt().toString());
    }

    /** The second send is refused as a duplicate, which says that the first has come. */
    @Test
    void a_post_that_is_shown_after_the_second_send_is_adopted() {
        x.fake.showsAfter(Duration.ofMinutes(14));
        x.nextPost(Treatment.cutBeforeAnswer());
        String post = x.publishNow("very late");

        JsonNode target = x.settled(post);

        assertThat(said(target)).isEqualTo("published");
        assertThat(x.sends()).isEqualTo(2);
        assertThat(x.fake.texts()).containsExactly("very late");
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(x.fake.only().id());
    }

    @Test
    void a_duplicate_that_is_never_shown_is_left_to_a_person() {
        x.fake.showsAfter(Duration.ofHours(48));
        x.nextPost(Treatment.cutBeforeAnswer());
        String post = x.publishNow("hidden");

        JsonNode target = x.settled(post);

        assertThat(said(target)).isEqualTo("unknown unknown never_shown");
        assertThat(target.at("/error/remediation").asText()).contains("settle the target");
        assertThat(x.alice.getPost(post).path("status").asText()).isEqualTo("needs_attention");
        assertThat(x.sends()).isEqualTo(2);
        assertThat(x.fake.texts()).containsExactly("hidden");
    }

    @Test
    void a_second_doubtful_send_is_the_last() {
        x.proxy.next(2, TroubledX.POST, Treatment.answer(500, ERROR));
        String post = x.publishNow("twice lost");

        assertThat(said(x.settled(post))).isEqualTo("unknown unknown never_shown");
        assertThat(said(x.after(Duration.ofHours(30), post))).isEqualTo("unknown unknown never_shown");
        assertThat(x.sends()).isEqualTo(2);
    }

    /** Before or after it went out, nobody knows. */
    @Test
    void a_send_that_the_servers_death_cut_off_is_one_in_doubt() {
        String once = x.publishNow("died once");
        interrupt();
        assertThat(said(x.afterDueJobs(once))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.settled(once))).isEqualTo("published");

        String twice = x.publishNow("died twice");
        interrupt();
        x.afterDueJobs(twice);
        x.after(Duration.ofMinutes(5), twice);
        assertThat(said(x.after(Duration.ofMinutes(5), twice))).startsWith("pending");
        x.flow.clock().advance(Duration.ofSeconds(1));
        interrupt();

        assertThat(said(x.settled(twice))).isEqualTo("unknown unknown never_shown");
        assertThat(x.fake.texts()).containsExactly("died once");
        assertThat(x.sends()).isEqualTo(1);
    }

    /** The start is committed, and then the worker fails. */
    private static void interrupt() {
        Level before = WORKER.getLevel();
        WORKER.setLevel(Level.OFF);
        sql("alter table channel_secrets rename to gone");
        x.flow.runDueJobs();
        sql("alter table gone rename to channel_secrets");
        WORKER.setLevel(before);
        x.flow.clock().advance(Duration.ofSeconds(1));
    }

    private static void sql(String statement) {
        x.flow.installation().database().write(tx -> tx.execute(statement));
    }

    @Test
    void a_person_who_finds_it_settles_it() {
        x.fake.showsAfter(Duration.ofHours(48));
        x.nextPost(Treatment.cutBeforeAnswer());
        String post = x.publishNow("seen by a person");
        String target = x.settled(post).path("id").asText();

        x.alice
                .post(
                        "/v1/posts/" + post + "/targets/" + target + "/resolve",
                        "{\"outcome\":\"published\",\"providerPostId\":\""
                                + x.fake.only().id() + "\"}")
                .expect(200);

        assertThat(said(x.target(post))).isEqualTo("published");
    }

    /** Who was wrong about it does not make two of it. */
    @Test
    void what_a_person_called_failed_is_looked_for_before_it_is_sent_again() {
        x.fake.showsAfter(Duration.ofHours(2));
        x.nextPost(Treatment.cutBeforeAnswer());
        String post = x.publishNow("overlooked");
        String target = x.settled(post).path("id").asText();
        x.alice
                .post("/v1/posts/" + post + "/targets/" + target + "/resolve", "{\"outcome\":\"failed\"}")
                .expect(200);
        x.flow.clock().advance(Duration.ofHours(2));
        int sends = x.sends();

        x.alice.post("/v1/posts/" + post + "/retry").expect(200);

        assertThat(said(x.afterDueJobs(post))).isEqualTo("published");
        assertThat(x.sends()).isEqualTo(sends);
        assertThat(x.fake.texts()).containsExactly("overlooked");
    }

    @Test
    void a_request_that_comes_after_the_second_send_is_refused_as_its_duplicate() {
        LateRequest late = new LateRequest(x.fake.url());
        x.nextPost(late);
        String post = x.publishNow("overtaken");

        JsonNode target = x.settled(post);
        late.arrive();

        assertThat(said(target)).isEqualTo("published");
        assertThat(x.fake.texts()).containsExactly("overtaken");
    }

    @Test
    void a_request_that_is_still_worked_on_is_found_when_it_is_done() {
        CountDownLatch gate = x.fake.holdPosts();
        x.nextPost(Treatment.cutAfterRequestBytes(Integer.MAX_VALUE));
        String post = x.publishNow("slow");

        assertThat(said(x.afterDueJobs(post))).isEqualTo(NOT_SHOWN);
        gate.countDown();
        Await.within(Duration.ofSeconds(5), () -> !x.fake.texts().isEmpty());

        JsonNode target = x.after(Duration.ofMinutes(5), post);
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void the_second_send_waits_for_the_rate_limit_and_is_still_the_second() {
        x.nextPost(Treatment.cutAtOnce());
        String post = x.publishNow("limited");
        x.afterDueJobs(post);
        x.after(Duration.ofMinutes(5), post);
        x.after(Duration.ofMinutes(5), post);
        x.nextPost(Treatment.answer(429, "{}"));

        assertThat(said(x.after(Duration.ofSeconds(1), post))).isEqualTo("pending rate_limited rate_limited");
        assertThat(said(x.settled(post))).isEqualTo("published");
        assertThat(x.fake.texts()).containsExactly("limited");
    }

    /** That the second send was refused does not say that the first did not come. */
    @Test
    void a_refused_second_send_fails_only_when_nothing_can_come_any_more() {
        x.nextPost(Treatment.cutAtOnce());
        String post = x.publishNow("refused at last");
        x.afterDueJobs(post);
        x.after(Duration.ofMinutes(5), post);
        x.after(Duration.ofMinutes(5), post);
        x.nextPost(Treatment.answer(400, "{\"title\":\"Invalid Request\",\"detail\":\"no\",\"type\":\"about:blank\"}"));

        assertThat(said(x.after(Duration.ofSeconds(1), post))).isEqualTo("unknown unknown may_still_come");
        assertThat(said(x.settled(post))).isEqualTo("failed user_content invalid_post");
        assertThat(x.sends()).isEqualTo(2);
    }

    @Test
    void the_first_send_that_comes_after_the_second_was_refused_is_found() {
        LateRequest late = new LateRequest(x.fake.url());
        x.nextPost(late);
        String post = x.publishNow("after all");
        x.afterDueJobs(post);
        x.after(Duration.ofMinutes(5), post);
        x.after(Duration.ofMinutes(5), post);
        x.nextPost(Treatment.answer(400, "{\"title\":\"Invalid Request\",\"detail\":\"no\",\"type\":\"about:blank\"}"));
        x.after(Duration.ofSeconds(1), post);

        late.arrive();

        assertThat(said(x.settled(post))).isEqualTo("published");
    }

    @Test
    void the_post_of_another_target_with_the_same_text_is_not_taken_for_it() {
        x.nextPost(Treatment.cutAtOnce());
        String lost = x.publishNow("again");
        x.afterDueJobs(lost);
        String another = x.publishNow("again");
        assertThat(said(x.afterDueJobs(another))).isEqualTo("published");

        assertThat(said(x.settled(lost))).isEqualTo("unknown unknown looks_like_another");
        assertThat(x.fake.texts()).containsExactly("again");
    }

    @Test
    void a_reply_to_another_post_is_not_taken_for_it() {
        String first = x.publishNow("@bob Thank you!", Map.of("inReplyToPostId", "20"));
        assertThat(said(x.afterDueJobs(first))).isEqualTo("published");
        x.flow.clock().advance(Duration.ofSeconds(1));
        x.nextPost(Treatment.cutAtOnce());

        String lost = x.publishNow("Thank you!", Map.of("inReplyToPostId", "21"));

        // X does not say to which post a reply is: a person looks.
        assertThat(said(x.settled(lost))).isEqualTo("unknown unknown looks_like_another");
        assertThat(x.fake.texts()).containsExactly("@bob Thank you!");
    }

    @Test
    void the_post_of_another_channel_of_the_account_is_not_taken_for_it() {
        String other = x.connect(Map.of("accessToken", FakeX.TOKEN)).created();
        x.nextPost(Treatment.cutAtOnce());
        String lost = x.publishNow("both");
        x.afterDueJobs(lost);
        String another = x.alice.publishNow(other, "both");
        x.flow.runDueJobs();

        assertThat(said(x.target(another))).isEqualTo("published");
        assertThat(said(x.settled(lost))).isEqualTo("unknown unknown looks_like_another");
    }

    @Test
    void credentials_that_end_while_it_is_in_doubt_are_asked_for() {
        x.nextPost(Treatment.cutAtOnce());
        x.proxy.next(9, LIST, Treatment.answer(401, FakeX.UNAUTHORIZED));
        x.proxy.next(
                9,
                "POST /2/oauth2/token",
                Treatment.answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"over\"}"));
        String post = x.publishNow("in doubt");

        assertThat(said(x.afterDueJobs(post))).startsWith("unknown auth_expired");
        assertThat(x.alice.get("/v1/channels/" + x.channel).ok().path("status").asText())
                .isEqualTo("reauthorization_required");
    }

    /** Older than any post that X would call a duplicate of. */
    @Test
    void a_post_that_was_there_before_is_not_taken_for_it() {
        x.fake.byHand("once a week");
        x.flow.clock().advance(Duration.ofDays(7));
        x.nextPost(Treatment.cutAtOnce());
        String post = x.publishNow("once a week");

        assertThat(said(x.afterDueJobs(post))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.settled(post))).isEqualTo("published");
        assertThat(x.fake.texts()).containsExactly("once a week", "once a week");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"author_id\":\"99\",\"conversation_id\":\"7\",\"created_at\":\"%s\"",
                "\"author_id\":\"2244994945\",\"conversation_id\":\"6\",\"created_at\":\"%s\"",
                "\"conversation_id\":\"7\",\"created_at\":\"2026-11-01T00:00:00.000Z\""
            })
    void the_post_of_another_account_a_reply_and_an_older_one_are_not_taken_for_it(String members) {
        x.nextPost(Treatment.cutAtOnce());
        x.proxy.next(
                1,
                LIST,
                Treatment.answer(
                        200,
                        "{\"data\":[{\"id\":\"7\",\"text\":\"mine\","
                                + members.formatted(x.flow.clock().instant()) + "}],\"meta\":{\"result_count\":1}}"));
        String post = x.publishNow("mine");

        assertThat(said(x.afterDueJobs(post))).isEqualTo(NOT_SHOWN);
        assertThat(said(x.settled(post))).isEqualTo("published");
    }

    @Test
    void a_reply_is_found_and_a_post_of_the_same_text_is_not_taken_for_it() {
        x.proxy.next(1, LIST, Treatment.answer(503, ERROR));
        x.nextPost(Treatment.cutBeforeAnswer());
        String reply = x.publishNow("@bob thanks", Map.of("inReplyToPostId", "1346889436626259968"));
        x.afterDueJobs(reply);
        x.fake.byHand("@bob thanks");

        JsonNode target = x.settled(reply);

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isNotEqualTo(byHandId());
        assertThat(x.sends()).isEqualTo(1);
    }

    private static String byHandId() {
        return x.fake.posts().stream()
                .filter(post -> !post.sent().has("reply"))
                .findFirst()
                .map(FakeX.Post::id)
                .orElseThrow();
    }

    @Test
    void a_post_is_found_on_a_later_page() {
        x.nextPost(Treatment.cutBeforeAnswer());
        x.proxy.next(1, LIST, Treatment.answer(503, ERROR));
        String post = x.publishNow("one of many");
        x.afterDueJobs(post);
        for (int i = 0; i < 120; i++) {
            x.fake.byHand("newer " + i);
        }

        assertThat(said(x.after(Duration.ofMinutes(5), post))).isEqualTo("published");
    }

    @Test
    void a_timeline_that_cannot_be_read_to_its_end_proves_nothing() {
        x.nextPost(Treatment.cutAtOnce());
        x.proxy.next(1, LIST, Treatment.answer(503, ERROR));
        String post = x.publishNow("one of too many");
        x.afterDueJobs(post);
        for (int i = 0; i < 600; i++) {
            x.fake.byHand("newer " + i);
        }

        for (int hours = 0; hours < 3; hours++) {
            assertThat(said(x.after(Duration.ofHours(1), post))).isEqualTo(NOT_SHOWN);
        }
        assertThat(x.fake.texts()).doesNotContain("one of too many");
    }

    @Test
    void the_timeline_is_read_with_a_renewed_token() {
        x.nextPost(Treatment.afterExchange(Treatment.each(() -> {
            x.fake.endToken();
            return Treatment.cutAtOnce();
        })));

        assertThat(said(x.afterDueJobs(x.publishNow("token over")))).isEqualTo("published");
        assertThat(x.fake.renewals()).isEqualTo(1);
    }

    @Test
    void it_stays_unknown_until_the_account_can_be_read() {
        x.nextPost(Treatment.cutBeforeAnswer());
        x.proxy.next(2, LIST, Treatment.answer(401, FakeX.UNAUTHORIZED));
        String post = x.publishNow("revoked meanwhile");

        assertThat(said(x.afterDueJobs(post))).isEqualTo("unknown auth_expired credentials_refused");
        assertThat(said(x.settled(post))).isEqualTo("published");
    }

    @Test
    void a_cancelled_post_is_not_one_that_may_still_come() {
        x.nextPost(Treatment.cutAtOnce());
        String post = x.publishNow("maybe");
        x.afterDueJobs(post);
        x.after(Duration.ofMinutes(5), post);
        x.after(Duration.ofMinutes(5), post);

        x.alice.post("/v1/posts/" + post + "/cancel").expect(409);

        assertThat(said(x.settled(post))).isEqualTo("published");
    }
}
