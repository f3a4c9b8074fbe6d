package io.flowapi.linkedin;

import static io.flowapi.linkedin.TroubledLinkedIn.POST;
import static io.flowapi.linkedin.TroubledLinkedIn.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the API to LinkedIn, whatever happens to the one call that publishes. */
class PublishToLinkedInTest {

    @RegisterExtension
    static final TroubledLinkedIn net = new TroubledLinkedIn();

    private static final String ERROR = "{\"status\":500,\"message\":\"Internal Server Error\"}";

    private static String refusal(int status, String code, String message) {
        return Json.text(Map.of("status", status, "code", code, "message", message));
    }

    @Test
    void a_member_s_post_is_shown_whole_with_its_options_and_its_url() {
        String text =
                "Grüezi (all) <3 #open_source\n@[Acme](urn:li:organization:2414183) [1] C# ~5_000 {x|y} \\o/ *now*";
        String post = net.publishNow(text, Map.of("audience", "connections", "reshareDisabled", true));

        JsonNode target = net.afterDueJobs(post);

        FakeLinkedIn.Share share = net.linkedIn.only();
        assertThat(share.text()).isEqualTo(text.replace("@[Acme](urn:li:organization:2414183)", "Acme"));
        assertThat(share.sent().path("author").asText()).isEqualTo(FakeLinkedIn.MEMBER);
        assertThat(share.sent().path("visibility").asText()).isEqualTo("CONNECTIONS");
        assertThat(share.sent().path("isReshareDisabledByAuthor").asBoolean()).isTrue();
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isEqualTo(share.urn());
        assertThat(target.path("url").asText()).isEqualTo("https://www.linkedin.com/feed/update/" + share.urn() + "/");
        assertThat(target.at("/options/audience").asText()).isEqualTo("connections");
    }

    @Test
    void an_organisation_s_post_is_everybody_s_unless_told_otherwise() {
        net.channel = net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN, "author", FakeLinkedIn.ORGANISATION))
                .created();

        assertThat(said(net.afterDueJobs(net.publishNow("We are here")))).isEqualTo("published");

        FakeLinkedIn.Share share = net.linkedIn.only();
        assertThat(share.sent().path("author").asText()).isEqualTo(FakeLinkedIn.ORGANISATION);
        assertThat(share.sent().path("visibility").asText()).isEqualTo("PUBLIC");
        assertThat(share.sent().path("isReshareDisabledByAuthor").asBoolean()).isFalse();
    }

    /** What happens to the call that publishes; the post is out in the end, once, and the API knows it by its real id. */
    enum Trouble {
        ANSWER_LOST_AFTER_COMMIT(Treatment.cutBeforeAnswer()),
        RESET_AFTER_COMMIT(Treatment.cutBeforeAnswer().withReset()),
        ANSWER_TRUNCATED(Treatment.cutAfterAnswerBytes(30)),
        SERVER_ERROR_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(500, ERROR))),
        CONFLICT_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(409, refusal(409, "CONFLICT", "Conflict")))),
        NO_ID_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(201, ""))),
        OTHER_ID_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(201, "", "x-restli-id: 7"))),
        REFUSAL_OF_ANOTHER_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(403, "<html>"))),
        REQUEST_LOST(Treatment.cutAtOnce()),
        REQUEST_CUT(Treatment.cutAfterRequestBytes(100)),
        SERVER_ERROR_BEFORE_COMMIT(Treatment.answer(500, ERROR)),
        CONFLICT_BEFORE_COMMIT(Treatment.answer(409, refusal(409, "CONFLICT", "Conflict"))),
        UNAVAILABLE(Treatment.answer(503, "<html>", "Retry-After: 60")),
        REDIRECT(Treatment.answer(307, "{}", "Location: https://elsewhere.example/")),
        NOT_HTTP(Treatment.raw("no http at all"));

        private final Treatment treatment;

        Trouble(Treatment treatment) {
            this.treatment = treatment;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trouble_with_the_call_that_publishes_loses_nothing_and_doubles_nothing(Trouble trouble) {
        String text = trouble + " & 'c' > https://example.com/" + "a".repeat(40) + "\n\n#flow";
        net.nextPost(trouble.treatment);
        String post = net.publishNow(text);

        JsonNode soon = net.afterDueJobs(post);
        JsonNode later = net.settled(post);

        assertThat(said(soon)).isEqualTo("unknown unknown not_told");
        assertThat(said(later)).isEqualTo("published");
        assertThat(later.path("attempts").asInt()).isEqualTo(2);
        assertThat(net.linkedIn.only().text()).isEqualTo(text);
        assertThat(later.path("providerPostId").asText())
                .isEqualTo(net.linkedIn.only().urn());
        assertThat(later.path("url").asText()).contains(net.linkedIn.only().urn());
        assertThat(net.linkedIn.bodies().stream().distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "x-restli-id, 7141138937766391808",
        "X-RestLi-Id, 7141138937766391809",
        "X-RESTLI-ID, 7141138937766391810"
    })
    void the_id_is_found_however_its_header_is_written(String header, String number) {
        String urn = "urn:li:ugcPost:" + number;
        net.nextPost(Treatment.answer(201, "", header + ": " + urn));

        JsonNode target = net.afterDueJobs(net.publishNow("Header " + header));

        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isEqualTo(urn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | ACCESS_DENIED | Not enough permissions | account_issue not_allowed",
                "400 | FIELD_LENGTH_TOO_LONG | commentary exceeds the maximum length | user_content too_long",
                "400 | ILLEGAL_ARGUMENT | Syntax exception in path variables | user_content invalid_post",
                "422 | MISSING_FIELD | ERROR :: /author :: field is required | user_content invalid_post",
                "404 | NOT_FOUND | No virtual resource found | provider_rejected rejected",
                "426 | NONEXISTENT_VERSION | Requested version 20260901 is not active | system_error version_not_active"
            })
    void a_refusal_is_final_and_says_why(int status, String code, String message, String said) {
        net.nextPost(Treatment.answer(status, refusal(status, code, message)));

        JsonNode target = net.afterDueJobs(net.publishNow("refused " + code + status));

        assertThat(said(target)).isEqualTo("failed " + said);
        assertThat(target.at("/error/message").asText()).contains(message);
        assertThat(target.at("/error/providerStatus").asInt()).isEqualTo(status);
        assertThat(net.linkedIn.texts()).isEmpty();
    }

    @Test
    void a_version_that_has_ended_loses_nothing() {
        net.linkedIn.end("202609");
        String post = net.publishNow("Still here");

        JsonNode target = net.afterDueJobs(post);

        assertThat(said(target)).isEqualTo("failed system_error version_not_active");
        assertThat(target.at("/error/retryable").asBoolean()).isTrue();
        assertThat(target.at("/error/remediation").asText()).contains("FLOW_LINKEDIN_VERSION");
        net.after(Duration.ofHours(2), post);
        assertThat(net.linkedIn.bodies()).as("not sent for ever").isEmpty();
        assertThat(net.proxy.requests(POST)).isLessThan(100);

        net.linkedIn.forget();
        net.alice.post("/v1/posts/" + post + "/retry").expect(200);
        assertThat(said(net.afterDueJobs(post))).isEqualTo("published");
        assertThat(net.linkedIn.only().text()).isEqualTo("Still here");
    }

    @Test
    void a_revoked_token_asks_for_another_and_with_it_the_post_goes_out() {
        net.linkedIn.revokeToken();
        String post = net.publishNow("at last");

        assertThat(said(net.afterDueJobs(post))).isEqualTo("failed auth_expired credentials_refused");
        assertThat(net.alice.get("/v1/channels/" + net.channel).text("status")).isEqualTo("reauthorization_required");
        net.alice
                .patch("/v1/channels/" + net.channel, "{\"credentials\":{\"accessToken\":\"another\"}}")
                .ok();
        net.alice.post("/v1/posts/" + post + "/retry").expect(200);

        assertThat(said(net.afterDueJobs(post))).isEqualTo("published");
        assertThat(net.alice.get("/v1/channels/" + net.channel).text("status")).isEqualTo("connected");
        assertThat(net.linkedIn.texts()).containsExactly("at last");
    }

    @Test
    void a_limit_is_waited_for_longer_each_time_and_not_past_midnight() {
        net.linkedIn.takesADay(1);
        assertThat(said(net.afterDueJobs(net.publishNow("The first")))).isEqualTo("published");
        String post = net.publishNow("The second");
        int before = net.proxy.requests(POST);

        assertThat(said(net.afterDueJobs(post))).isEqualTo("pending rate_limited rate_limited");
        assertThat(said(net.after(Duration.ofSeconds(59), post))).startsWith("pending");
        assertThat(net.proxy.requests(POST)).isEqualTo(before + 1);
        for (int minute = 0; minute < 60; minute++) {
            net.after(Duration.ofMinutes(1), post);
        }
        assertThat(net.proxy.requests(POST)).as("in an hour").isLessThanOrEqualTo(before + 7);
        for (int tries = 0; !said(net.target(post)).equals("published") && tries < 48; tries++) {
            net.after(Duration.ofMinutes(30), post);
        }
        assertThat(net.target(post).path("publishedAt").asText()).contains("T00:");

        assertThat(net.linkedIn.texts()).containsExactly("The first", "The second");
        assertThat(net.alice.get("/v1/channels/" + net.channel + "/quota").ok().path("windows"))
                .as("LinkedIn tells nothing of its limits")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 403, 500})
    void a_token_that_linkedin_repeats_is_redacted(int status) {
        net.nextPost(Treatment.answer(status, refusal(status, "X", "no: " + FakeLinkedIn.TOKEN)));
        String post = net.publishNow("secret " + status);

        String shown = net.afterDueJobs(post).toString() + net.attempts(post);

        assertThat(shown).contains("[redacted]").doesNotContain(FakeLinkedIn.TOKEN);
        net.settled(post);
    }
}
