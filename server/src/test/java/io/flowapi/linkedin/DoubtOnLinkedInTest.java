package io.flowapi.linkedin;

import static io.flowapi.linkedin.TroubledLinkedIn.POST;
import static io.flowapi.linkedin.TroubledLinkedIn.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.posts.RestoredPosts;
import io.flowapi.testing.Await;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.LateRequest;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member's posts cannot be read: only sending the same again tells, and only while that is safe. */
class DoubtOnLinkedInTest {

    @RegisterExtension
    static final TroubledLinkedIn net = new TroubledLinkedIn();

    private static final Duration AT_WORK = Duration.ofMinutes(2);

    private static Treatment refusal(int status, String code) {
        return Treatment.answer(
                status, Json.text(Map.of("status", status, "code", code, "message", "Said with " + status)));
    }

    private String lost(String text) {
        net.nextPost(Treatment.cutBeforeAnswer());
        String post = net.publishNow(text);
        assertThat(said(net.afterDueJobs(post))).isEqualTo("unknown unknown not_told");
        return post;
    }

    private String status(String post) {
        return net.alice.getPost(post).path("status").asText();
    }

    private void settle(String post, String json) {
        String target = net.target(post).path("id").asText();
        net.alice
                .post("/v1/posts/" + post + "/targets/" + target + "/resolve", json)
                .ok();
    }

    /** The lost database knows of a send that this one does not. */
    @Test
    void what_a_restored_server_has_sent_is_not_called_failed_or_cancelled() {
        net.nextPost(refusal(429, "TOO_MANY_REQUESTS"));
        String post = net.publishNow("restored");
        assertThat(said(net.afterDueJobs(post))).startsWith("pending");
        net.flow.clock().advance(Duration.ofSeconds(30));
        net.linkedIn.byHand("restored");
        net.flow.clock().advance(Duration.ofMinutes(10));

        new RestoredPosts(net.flow.clock())
                .holdBack(net.flow.installation().database(), net.flow.clock().instant());

        net.alice.send("POST", "/v1/posts/" + post + "/cancel").expect(409);
        assertThat(said(net.settled(post))).isEqualTo("published");
        assertThat(net.target(post).path("providerPostId").asText())
                .isEqualTo(net.linkedIn.only().urn());
    }

    @Test
    void a_request_that_may_still_be_at_work_is_not_sent_again() {
        CountDownLatch gate = net.linkedIn.holdPosts();
        net.nextPost(Treatment.cutAfterRequestBytes(Integer.MAX_VALUE));
        String post = net.publishNow("slow");
        assertThat(said(net.afterDueJobs(post))).isEqualTo("unknown unknown not_told");
        int sends = net.proxy.requests(POST);

        assertThat(said(net.after(AT_WORK.minusSeconds(1), post))).isEqualTo("unknown unknown not_told");
        assertThat(net.proxy.requests(POST)).isEqualTo(sends);
        gate.countDown();
        Await.within(Duration.ofSeconds(5), () -> !net.linkedIn.texts().isEmpty());

        assertThat(said(net.settled(post))).isEqualTo("published");
        assertThat(net.linkedIn.only().text()).isEqualTo("slow");
    }

    @Test
    void a_request_that_comes_after_the_second_is_refused_by_linkedin_itself() {
        LateRequest late = new LateRequest(net.linkedIn.url());
        net.nextPost(late);
        String post = net.publishNow("very late");

        JsonNode target = net.settled(post);
        late.arrive();

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(net.linkedIn.only().urn());
    }

    @Test
    void the_post_that_a_duplicate_names_is_ours_and_the_attempts_say_how_it_was_found() {
        String post = lost("once");

        assertThat(said(net.settled(post))).isEqualTo("published");

        JsonNode attempts = net.attempts(post);
        assertThat(attempts.findValuesAsText("outcome")).containsExactlyInAnyOrder("unknown", "published");
        assertThat(attempts.toString())
                .contains("is a duplicate of " + net.linkedIn.only().urn());
    }

    @Test
    void a_duplicate_on_a_first_send_is_refused_content() {
        FakeLinkedIn.Share older = net.linkedIn.byHand("Again");
        net.flow.clock().advance(Duration.ofHours(1));

        JsonNode target = net.afterDueJobs(net.publishNow("Again"));

        assertThat(said(target)).isEqualTo("failed user_content duplicate_content");
        assertThat(target.at("/error/message").asText()).contains(older.urn());
        assertThat(net.linkedIn.texts()).containsExactly("Again");
    }

    /** The answer that was lost was the refusal. */
    @Test
    void an_older_post_by_hand_is_never_taken_for_ours() {
        FakeLinkedIn.Share older = net.linkedIn.byHand("Older");
        net.flow.clock().advance(Duration.ofMinutes(11));
        String post = lost("Older");

        JsonNode target = net.settled(post);

        assertThat(said(target)).isEqualTo("failed user_content duplicate_content");
        assertThat(target.has("providerPostId")).isFalse();
        assertThat(net.attempts(post).findValuesAsText("outcome")).containsExactlyInAnyOrder("refused", "rejected");
        // Its owner removes it, and a day later LinkedIn takes the content again.
        net.linkedIn.deleteByHand(older.urn());
        net.flow.clock().advance(Duration.ofHours(23));
        net.flow.clock().advance(Duration.ofHours(2));
        net.alice.post("/v1/posts/" + post + "/retry").expect(200);
        assertThat(said(net.afterDueJobs(post))).isEqualTo("published");
        assertThat(net.linkedIn.texts()).containsExactly("Older");
    }

    /** Within what clocks may differ by, nobody can say whose it is. */
    @Test
    void a_post_of_shortly_before_needs_a_person() {
        net.linkedIn.byHand("Shortly before");
        net.flow.clock().advance(Duration.ofMinutes(5));

        JsonNode target = net.settled(lost("Shortly before"));

        assertThat(said(target)).isEqualTo("unknown user_content duplicate_content");
        assertThat(target.at("/error/remediation").asText()).contains("settle the target");
    }

    /** Of what was deleted LinkedIn names a new post each time, and that is none. */
    @Test
    void a_post_that_the_refusal_itself_has_made_is_not_taken_for_ours() {
        FakeLinkedIn.Share older = net.linkedIn.byHand("Gone");
        net.linkedIn.deleteByHand(older.urn());
        net.flow.clock().advance(Duration.ofMinutes(11));
        String post = lost("Gone");

        JsonNode target = net.settled(post);

        assertThat(said(target)).isEqualTo("unknown user_content duplicate_content");
        assertThat(status(post)).isEqualTo("needs_attention");
        assertThat(net.linkedIn.texts()).isEmpty();
    }

    @Test
    void a_refusal_of_the_second_send_does_not_say_that_the_first_is_not_there() {
        String post = lost("Refused later");
        net.nextPost(refusal(403, "ACCESS_DENIED"));

        JsonNode target = net.settled(post);

        assertThat(said(target)).isEqualTo("unknown account_issue not_allowed");
        assertThat(target.at("/error/message").asText())
                .contains("Said with 403")
                .contains("may have been taken");
        assertThat(status(post)).isEqualTo("needs_attention");
        settle(
                post,
                "{\"outcome\":\"published\",\"providerPostId\":\""
                        + net.linkedIn.only().urn() + "\"}");
        assertThat(status(post)).isEqualTo("published");
    }

    @Test
    void a_token_that_ends_in_between_asks_for_another_and_for_a_person() {
        String post = lost("Revoked meanwhile");
        net.linkedIn.revokeToken();

        assertThat(said(net.settled(post))).isEqualTo("unknown auth_expired credentials_refused");

        assertThat(net.alice.get("/v1/channels/" + net.channel).text("status")).isEqualTo("reauthorization_required");
        assertThat(net.linkedIn.only().text()).isEqualTo("Revoked meanwhile");
    }

    @Test
    void what_a_person_says_is_not_there_is_sent_anew() {
        net.nextPost(Treatment.cutAtOnce());
        String post = net.publishNow("Not there");
        net.afterDueJobs(post);
        net.nextPost(refusal(403, "ACCESS_DENIED"));
        assertThat(said(net.settled(post))).startsWith("unknown");

        settle(post, "{\"outcome\":\"failed\"}");
        net.flow.clock().advance(Duration.ofDays(2));
        net.alice.post("/v1/posts/" + post + "/retry").expect(200);

        assertThat(said(net.afterDueJobs(post))).isEqualTo("published");
        assertThat(net.linkedIn.texts()).containsExactly("Not there");
    }

    /** LinkedIn does not promise for how long it knows a content again. */
    @Test
    void what_was_sent_an_hour_ago_is_not_sent_again() {
        String post = lost("Long ago");
        int sends = net.proxy.requests(POST);

        JsonNode target = net.after(Duration.ofHours(1), post);

        assertThat(said(target)).isEqualTo("unknown unknown sent_long_ago");
        assertThat(status(post)).isEqualTo("needs_attention");
        net.after(Duration.ofDays(1), post);
        assertThat(net.proxy.requests(POST)).isEqualTo(sends);
    }

    /** The limit is over after the time for which a second send is safe. */
    @Test
    void what_waits_for_a_limit_too_long_is_not_sent_again() {
        String post = lost("Limited then");
        net.flow.clock().advance(AT_WORK);
        net.nextPost(refusal(429, "TOO_MANY_REQUESTS"));
        JsonNode limited = net.afterDueJobs(post);
        for (int minute = 0; said(limited).startsWith("unknown") && minute < 5; minute++) {
            limited = net.after(Duration.ofMinutes(1), post);
        }
        limited = net.after(Duration.ofSeconds(10), post);

        assertThat(said(limited)).isEqualTo("pending rate_limited rate_limited");
        net.alice.post("/v1/posts/" + post + "/cancel").expect(409);
        net.alice
                .delete("/v1/channels/" + net.channel + "?cancelScheduled=true")
                .expect(409);
        int sends = net.proxy.requests(POST);
        assertThat(said(net.after(Duration.ofHours(2), post))).isEqualTo("unknown unknown sent_long_ago");
        assertThat(net.proxy.requests(POST)).isEqualTo(sends);
        assertThat(net.linkedIn.only().text()).isEqualTo("Limited then");
    }

    @Test
    void what_is_lost_five_times_needs_a_person_within_the_hour() {
        net.proxy.next(100, POST, Treatment.answer(500, "{}"));
        String post = net.publishNow("Never answered");
        Instant began = net.flow.clock().instant();

        JsonNode target = net.settled(post);

        assertThat(said(target)).isEqualTo("unknown unknown not_told");
        assertThat(target.at("/error/retryable").asBoolean()).isFalse();
        assertThat(target.path("attempts").asInt()).isEqualTo(5);
        assertThat(status(post)).isEqualTo("needs_attention");
        assertThat(net.flow.clock().instant()).isBefore(began.plus(Duration.ofHours(1)));
        net.proxy.behave();
    }

    @Test
    void the_post_of_another_target_with_the_same_text_is_not_taken_for_ours() {
        net.nextPost(Treatment.cutAtOnce());
        String lost = net.publishNow("Same");
        net.afterDueJobs(lost);
        String another = net.publishNow("Same");
        assertThat(said(net.afterDueJobs(another))).isEqualTo("published");

        assertThat(said(net.settled(lost))).isEqualTo("unknown unknown looks_like_another");

        assertThat(net.linkedIn.texts()).containsExactly("Same");
    }

    @Test
    void a_post_that_was_adopted_is_deleted_from_linkedin() {
        String post = lost("To be deleted");
        assertThat(said(net.settled(post))).isEqualTo("published");

        net.alice.delete("/v1/posts/" + post + "?fromProvider=true").ok();

        assertThat(net.linkedIn.texts()).isEmpty();
    }
}
