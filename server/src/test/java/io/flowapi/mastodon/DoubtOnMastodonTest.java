package io.flowapi.mastodon;

import static io.flowapi.mastodon.TroubledInstance.LIST;
import static io.flowapi.mastodon.TroubledInstance.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.LateRequest;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an instance shows late, or not at all, is not sent again before that is safe. */
class DoubtOnMastodonTest {

    private static final String ERROR = "{\"error\":\"An unexpected error occurred\"}";

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledInstance instance;

    @BeforeEach
    void open() {
        instance = new TroubledInstance(flow);
    }

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void a_request_that_is_still_worked_on_is_not_sent_again() {
        CountDownLatch gate = instance.mastodon.holdPosts();
        instance.nextPost(Treatment.cutAfterRequestBytes(Integer.MAX_VALUE));
        String post = instance.publishNow("slow");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown unknown not_shown");
        assertThat(said(instance.after(Duration.ofSeconds(119), post))).isEqualTo("unknown unknown not_shown");
        gate.countDown();
        Await.within(Duration.ofSeconds(5), () -> !instance.mastodon.texts().isEmpty());

        JsonNode target = instance.after(Duration.ofSeconds(1), post);
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(1);
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(instance.mastodon.only().id());
    }

    @Test
    void an_answer_that_takes_long_proves_nothing_of_the_time_since_it_was_asked_for() {
        LateRequest late = new LateRequest(instance.mastodon.url());
        instance.nextPost(late);
        instance.proxy.next(1, LIST, Treatment.answer(500, ERROR));
        String post = instance.publishNow("slow to say");
        instance.afterDueJobs(post);
        instance.proxy.next(1, LIST, Treatment.each(() -> {
            flow.clock().advance(Duration.ofSeconds(20));
            return Treatment.forward();
        }));

        assertThat(said(instance.after(Duration.ofSeconds(115), post))).isEqualTo("unknown unknown not_shown");
        late.arrive();

        JsonNode target = instance.settled(post);
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void what_landed_after_it_was_looked_for_is_found_before_it_is_sent_again_without_a_key() {
        CountDownLatch gate = instance.mastodon.holdPosts();
        instance.nextPost(Treatment.cutAfterRequestBytes(Integer.MAX_VALUE));
        String post = instance.publishNow("very slow");
        instance.afterDueJobs(post);

        assertThat(said(instance.after(Duration.ofMinutes(2), post))).startsWith("pending");
        gate.countDown();
        Await.within(Duration.ofSeconds(5), () -> !instance.mastodon.texts().isEmpty());

        assertThat(said(instance.after(Duration.ofHours(2), post))).isEqualTo("published");
        assertThat(instance.mastodon.only().text()).isEqualTo("very slow");
    }

    @Test
    void a_status_that_is_listed_late_is_one_status_because_of_the_key() {
        instance.mastodon.listsAfter(Duration.ofMinutes(30));
        instance.nextPost(Treatment.cutBeforeAnswer());
        String post = instance.publishNow("late");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown unknown not_shown");
        JsonNode target = instance.settled(post);

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(2);
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(instance.mastodon.only().id());
    }

    @Test
    void what_was_sent_long_ago_is_found_when_the_instance_can_be_read_again() {
        instance.nextPost(Treatment.cutBeforeAnswer());
        instance.proxy.next(100, LIST, Treatment.answer(500, ERROR));
        String post = instance.publishNow("long ago");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown provider_error provider_unavailable");
        instance.after(Duration.ofHours(3), post);
        instance.proxy.behave();

        assertThat(said(instance.after(Duration.ofMinutes(20), post))).isEqualTo("published");
        assertThat(instance.mastodon.only().text()).isEqualTo("long ago");
    }

    /** After three hours the key protects nothing any more: a status that is not recognised would be sent twice. */
    @Test
    void mentions_on_lines_of_their_own_are_recognised_long_after_the_send() {
        String text = "thanks to @bob@elsewhere.example\n@eve@elsewhere.example\n\n@joe@elsewhere.example";
        instance.nextPost(Treatment.cutBeforeAnswer());
        instance.proxy.next(100, LIST, Treatment.answer(500, ERROR));
        String post = instance.publishNow(text);
        instance.afterDueJobs(post);
        instance.after(Duration.ofHours(3), post);
        instance.proxy.behave();

        assertThat(said(instance.settled(post))).isEqualTo("published");
        assertThat(instance.mastodon.texts()).containsExactly(text);
    }

    /** The key may be forgotten by then: nothing but time proves that the request does not come any more. */
    @Test
    void after_the_life_of_the_key_only_an_hour_of_silence_lets_it_be_sent_again() {
        instance.nextPost(Treatment.cutAtOnce());
        instance.proxy.next(100, LIST, Treatment.answer(500, ERROR));
        String post = instance.publishNow("silent");
        instance.afterDueJobs(post);
        instance.after(Duration.ofMinutes(56), post);
        instance.proxy.behave();

        // Due by now, whenever it was to be asked again.
        assertThat(said(instance.after(Duration.ofMinutes(3), post))).startsWith("unknown");
        assertThat(instance.mastodon.texts()).isEmpty();

        assertThat(said(instance.settled(post))).isEqualTo("published");
        assertThat(instance.mastodon.only().text()).isEqualTo("silent");
    }

    @Test
    void a_status_that_was_there_before_is_not_taken_for_it() {
        instance.mastodon.byHand("again");
        instance.nextPost(Treatment.cutAtOnce());
        String post = instance.publishNow("again");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown unknown not_shown");
        assertThat(said(instance.settled(post))).isEqualTo("published");

        assertThat(instance.mastodon.texts()).containsExactly("again", "again");
    }

    @Test
    void the_status_of_another_post_with_the_same_text_is_not_taken_for_it() {
        instance.nextPost(Treatment.cutAtOnce());
        String lost = instance.publishNow("again");
        instance.afterDueJobs(lost);
        String another = instance.publishNow("again");
        assertThat(said(instance.afterDueJobs(another))).isEqualTo("published");

        assertThat(said(instance.settled(lost))).isEqualTo("unknown unknown looks_like_another");

        assertThat(instance.alice.getPost(lost).path("status").asText()).isEqualTo("needs_attention");
        assertThat(instance.mastodon.texts()).containsExactly("again");
    }

    /** It was to be sent again, and another of the same text came before. */
    @Test
    void the_status_of_another_post_is_not_taken_for_one_that_waits() {
        instance.nextPost(Treatment.answer(429, "{\"error\":\"Throttled\"}"));
        String waits = instance.publishNow("again");
        instance.afterDueJobs(waits);
        String another = instance.publishNow("again");
        assertThat(said(instance.afterDueJobs(another))).isEqualTo("published");

        assertThat(said(instance.settled(waits))).isEqualTo("published");

        assertThat(instance.mastodon.texts()).containsExactly("again", "again");
    }

    @Test
    void a_status_is_found_among_a_hundred_newer_ones() {
        String post = lost("one of many");

        newer(100);

        assertThat(said(instance.after(Duration.ofMinutes(5), post))).isEqualTo("published");
    }

    @Test
    void what_is_not_seen_among_too_many_newer_ones_is_not_sent_again() {
        String post = lost("one of too many");

        newer(200);

        assertThat(said(instance.after(Duration.ofMinutes(5), post))).isEqualTo("unknown unknown not_shown");
        assertThat(said(instance.after(Duration.ofHours(2), post))).isEqualTo("unknown unknown not_shown");
        assertThat(instance.mastodon.texts()).containsOnlyOnce("one of too many");
    }

    private void newer(int statuses) {
        for (int i = 0; i < statuses; i++) {
            instance.mastodon.byHand("newer " + i);
        }
    }

    /** A post whose answer is lost, and that cannot be read back. */
    private String lost(String text) {
        instance.nextPost(Treatment.cutBeforeAnswer());
        instance.proxy.next(1, LIST, Treatment.answer(500, ERROR));
        String post = instance.publishNow(text);
        assertThat(said(instance.afterDueJobs(post))).startsWith("unknown");
        return post;
    }

    @Test
    void a_status_stays_unknown_until_the_account_can_be_read() {
        instance.nextPost(Treatment.cutBeforeAnswer());
        instance.proxy.next(1, LIST, Treatment.answer(401, "{\"error\":\"The access token is invalid\"}"));
        String post = instance.publishNow("revoked meanwhile");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown auth_expired credentials_refused");
        assertThat(said(instance.settled(post))).isEqualTo("published");
        assertThat(instance.mastodon.only().text()).isEqualTo("revoked meanwhile");
    }
}
