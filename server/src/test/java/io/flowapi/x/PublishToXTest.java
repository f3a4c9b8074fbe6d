package io.flowapi.x;

import static io.flowapi.x.TroubledX.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeX;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From the API to X, whatever happens to the one call that publishes. */
class PublishToXTest {

    private static final String ERROR = "{\"title\":\"Internal Server Error\",\"type\":\"about:blank\",\"status\":500}";

    @RegisterExtension
    static final TroubledX x = new TroubledX();

    @Test
    void a_post_is_shown_with_its_options_and_its_url() {
        Map<String, ?> options = Map.of(
                "replySettings",
                "mentionedUsers",
                "inReplyToPostId",
                "1346889436626259968",
                "communityId",
                "146788",
                "madeWithAi",
                true,
                "paidPartnership",
                false);
        JsonNode target = x.afterDueJobs(x.publishNow("Grüezi <3 & https://example.com/a", options));

        FakeX.Post post = x.fake.only();
        assertThat(post.sent())
                .isEqualTo(Json.tree(
                        "{\"text\":\"Grüezi <3 & https://example.com/a\",\"reply_settings\":\"mentionedUsers\","
                                + "\"community_id\":\"146788\",\"made_with_ai\":true,\"paid_partnership\":false,"
                                + "\"reply\":{\"in_reply_to_tweet_id\":\"1346889436626259968\"}}"));
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isEqualTo(post.id());
        assertThat(target.path("url").asText()).isEqualTo("https://x.com/alice/status/" + post.id());
        assertThat(target.at("/options/replySettings").asText()).isEqualTo("mentionedUsers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"replySettings\":\"nobody\"}",
                "{\"inReplyToPostId\":\"abc\"}",
                "{\"inReplyToPostId\":\"12345678901234567890\"}",
                "{\"communityId\":\"\"}",
                "{\"madeWithAi\":\"yes\"}",
                "{\"quotePostId\":\"1\"}",
                "{\"visibility\":\"public\"}"
            })
    void an_option_that_x_does_not_have_is_refused(String options) {
        x.alice
                .post(
                        "/v1/posts",
                        "{\"content\":\"a\",\"publishNow\":true,\"targets\":[{\"channelId\":\"" + x.channel
                                + "\",\"options\":" + options + "}]}")
                .expect(422);

        assertThat(x.sends()).isZero();
    }

    /** What happens to the call that publishes, and what the API says at once. */
    enum Trouble {
        SERVER_ERROR_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(500, ERROR)), "published"),
        OVER_CAPACITY_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(503, "<html>")), "published"),
        ANSWER_LOST_AFTER_COMMIT(Treatment.cutBeforeAnswer(), "published"),
        ANSWER_LOST_BY_RESET(Treatment.cutBeforeAnswer().withReset(), "published"),
        ANSWER_TRUNCATED(Treatment.cutAfterAnswerBytes(150), "published"),
        GARBAGE_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(201, "{\"data\":")), "published"),
        NO_ID_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(201, "{\"data\":{\"text\":\"a\"}}")), "published"),
        ERRORS_AND_NO_ID(
                Treatment.answer(200, "{\"errors\":[{\"title\":\"Oops\",\"detail\":\"no\",\"type\":\"about:blank\"}]}"),
                "unknown unknown not_shown"),
        PROXY_REFUSAL(Treatment.answer(403, "<html>Cloudflare</html>"), "unknown unknown not_shown"),
        REQUEST_LOST(Treatment.cutAtOnce(), "unknown unknown not_shown"),
        REQUEST_CUT(Treatment.cutAfterRequestBytes(100), "unknown unknown not_shown"),
        SERVER_ERROR_BEFORE_COMMIT(Treatment.answer(500, ERROR), "unknown unknown not_shown"),
        NOT_HTTP(Treatment.raw("no http at all"), "unknown unknown not_shown"),
        LIMIT_WITHOUT_RESET(Treatment.answer(429, "{}"), "pending rate_limited rate_limited");

        private final Treatment treatment;
        private final String said;

        Trouble(Treatment treatment, String said) {
            this.treatment = treatment;
            this.said = said;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trouble_with_the_call_that_publishes_loses_nothing_and_doubles_nothing(Trouble trouble) {
        String text =
                trouble + " <3 & 'c' > &amp; https://long.example/" + "a".repeat(40) + "?b=c&d \n\nalso bare.example";
        x.nextPost(trouble.treatment);
        String post = x.publishNow(text);

        JsonNode soon = x.afterDueJobs(post);
        JsonNode later = x.settled(post);

        assertThat(said(soon)).isEqualTo(trouble.said);
        assertThat(said(later)).isEqualTo("published");
        assertThat(x.fake.only().text()).isEqualTo(text);
        assertThat(later.path("providerPostId").asText())
                .isEqualTo(x.fake.only().id());
        assertThat(later.path("attempts").asInt()).isEqualTo(trouble.said.equals("published") ? 1 : 2);
    }

    /** Wherever the connection breaks, in the request or in the answer. */
    @ParameterizedTest
    @CsvSource({"0, -1", "1, -1", "17, -1", "200, -1", "-1, 0", "-1, 1", "-1, 12", "-1, 40", "-1, 120", "-1, 220"})
    void a_connection_that_breaks_loses_nothing_and_doubles_nothing(int requestBytes, int answerBytes) {
        String text = "cut at " + requestBytes + " and " + answerBytes;
        x.nextPost(
                requestBytes >= 0
                        ? Treatment.cutAfterRequestBytes(requestBytes)
                        : Treatment.cutAfterAnswerBytes(answerBytes));

        JsonNode target = x.settled(x.publishNow(text));

        assertThat(said(target)).isEqualTo("published");
        assertThat(x.fake.only().text()).isEqualTo(text);
        assertThat(target.path("providerPostId").asText())
                .isEqualTo(x.fake.only().id());
    }

    @Test
    void errors_beside_a_post_do_not_make_it_unpublished() {
        x.nextPost(Treatment.answer(
                201,
                "{\"data\":{\"id\":\"1990\",\"text\":\"a\"},\"errors\":[{\"title\":\"Partial\",\"detail\":\"x\","
                        + "\"type\":\"about:blank\"}]}"));

        JsonNode target = x.afterDueJobs(x.publishNow("a"));

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isEqualTo("1990");
    }

    @Test
    void a_rate_limit_tells_when_it_ends() {
        long ends = x.flow.clock().instant().plusSeconds(120).getEpochSecond();
        x.nextPost(Treatment.answer(
                429,
                "{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\",\"type\":\"about:blank\",\"status\":429}",
                "x-rate-limit-limit: 100",
                "x-rate-limit-remaining: 0",
                "x-rate-limit-reset: " + ends));
        String post = x.publishNow("limited");

        assertThat(said(x.afterDueJobs(post))).isEqualTo("pending rate_limited rate_limited");
        assertThat(said(x.after(Duration.ofSeconds(119), post))).startsWith("pending");
        assertThat(said(x.after(Duration.ofSeconds(1), post))).isEqualTo("published");
        assertThat(x.fake.texts()).containsExactly("limited");
    }

    @Test
    void what_x_says_of_its_limit_is_the_channels_quota() {
        x.settled(x.publishNow("first"));

        JsonNode window =
                x.alice.get("/v1/channels/" + x.channel + "/quota").ok().at("/windows/0");

        assertThat(window.path("limit").asInt()).isEqualTo(100);
        assertThat(window.path("remaining").asInt()).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid-request | Your text is bad | user_content invalid_post | connected",
                "402 | credits | Your account has no credits | account_issue usage_capped | connected",
                "403 | about:blank | You are not allowed to create a Tweet with duplicate content."
                        + " | user_content duplicate_content | connected",
                "403 | about:blank | Reply to this conversation is not allowed because you have not been mentioned."
                        + " | user_content reply_not_allowed | connected",
                "403 | client-forbidden | Your app lacks access | account_issue not_allowed | connected",
                "404 | resource-not-found | No such post | provider_rejected rejected | connected",
                "429 | usage-capped | Usage cap exceeded | account_issue usage_capped | connected"
            })
    void a_refusal_is_final_and_says_why(int status, String type, String detail, String said, String channelStatus) {
        String of = type.equals("about:blank") ? type : "https://api.x.com/2/problems/" + type;
        x.nextPost(Treatment.answer(
                status, Json.text(Map.of("title", "No", "detail", detail, "type", of, "status", status))));

        JsonNode target = x.afterDueJobs(x.publishNow("refused"));

        assertThat(said(target)).isEqualTo("failed " + said);
        assertThat(target.at("/error/message").asText()).contains(detail);
        assertThat(target.at("/error/providerStatus").asInt()).isEqualTo(status);
        assertThat(x.alice.get("/v1/channels/" + x.channel).text("status")).isEqualTo(channelStatus);
        assertThat(x.fake.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"errors\":[{\"message\":\"It is wrong\",\"code\":187}]}",
                "{\"code\":32,\"message\":\"It is wrong\"}",
                "{\"title\":\"Invalid Request\",\"errors\":[{\"message\":\"It is wrong\"}]}"
            })
    void an_older_form_of_a_refusal_is_one(String body) {
        x.nextPost(Treatment.answer(400, body));

        JsonNode target = x.afterDueJobs(x.publishNow("refused"));

        assertThat(said(target)).isEqualTo("failed user_content invalid_post");
        assertThat(target.at("/error/message").asText()).contains("It is wrong");
    }

    @Test
    void a_duplicate_of_what_the_owner_posted_fails() {
        x.fake.byHand("again");

        assertThat(said(x.afterDueJobs(x.publishNow("again")))).isEqualTo("failed user_content duplicate_content");
        assertThat(x.fake.texts()).containsExactly("again");
    }

    @Test
    void a_token_that_is_over_is_renewed_and_the_post_sent_in_the_same_attempt() {
        x.fake.endToken();

        JsonNode target = x.afterDueJobs(x.publishNow("renewed"));

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("attempts").asInt()).isEqualTo(1);
        assertThat(x.fake.renewals()).isEqualTo(1);
        assertThat(x.fake.texts()).containsExactly("renewed");
    }

    @Test
    void a_new_token_that_is_not_taken_either_disconnects_the_channel() {
        x.proxy.next(2, TroubledX.POST, Treatment.answer(401, FakeX.UNAUTHORIZED));

        assertThat(said(x.afterDueJobs(x.publishNow("refused")))).isEqualTo("failed auth_expired credentials_refused");
        assertThat(x.alice.get("/v1/channels/" + x.channel).text("status")).isEqualTo("reauthorization_required");
    }

    @ParameterizedTest
    @CsvSource({"200", "403", "500"})
    void a_token_that_x_repeats_is_redacted(int status) {
        x.nextPost(Treatment.answer(status, Json.text(Map.of("title", "no", "detail", "no: " + FakeX.TOKEN))));
        String post = x.publishNow("secret");

        String shown = x.afterDueJobs(post).toString()
                + x.alice.get("/v1/posts/" + post + "/attempts").text();

        assertThat(shown).contains("[redacted]").doesNotContain(FakeX.TOKEN);
    }

    @Test
    void a_redirect_is_never_followed() {
        x.nextPost(Treatment.answer(307, "{}", "Location: " + x.proxy.url() + "/elsewhere"));
        String post = x.publishNow("redirected");

        assertThat(said(x.afterDueJobs(post))).isEqualTo("unknown unknown not_shown");
        assertThat(said(x.settled(post))).isEqualTo("published");
        assertThat(x.proxy.requests("/elsewhere")).isZero();
        assertThat(x.fake.texts()).isEqualTo(List.of("redirected"));
    }
}
