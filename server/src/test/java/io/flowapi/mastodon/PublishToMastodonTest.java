package io.flowapi.mastodon;

import static io.flowapi.mastodon.TroubledInstance.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From the API to an instance, whatever happens to the one call that publishes. */
class PublishToMastodonTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static final String ERROR = "{\"error\":\"An unexpected error occurred\"}";
    private static final String THROTTLED = "{\"error\":\"Throttled\"}";

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
    void a_post_is_shown_with_its_options_and_its_url() {
        Map<String, ?> options =
                Map.of("visibility", "unlisted", "language", "de", "spoilerText", "Käse", "sensitive", true);
        String post = instance.alice
                .post(
                        "/v1/posts",
                        Json.text(Map.of(
                                "content",
                                "Grüezi",
                                "publishNow",
                                true,
                                "targets",
                                List.of(Map.of("channelId", instance.channel, "options", options)))))
                .created();

        JsonNode target = instance.afterDueJobs(post);

        FakeMastodon.Status status = instance.mastodon.only();
        assertThat(status.sent())
                .isEqualTo(Json.tree("{\"status\":\"Grüezi\",\"visibility\":\"unlisted\",\"language\":\"de\","
                        + "\"spoiler_text\":\"Käse\",\"sensitive\":true}"));
        assertThat(said(target)).isEqualTo("published");
        assertThat(target.path("providerPostId").asText()).isEqualTo(status.id());
        assertThat(target.path("url").asText()).endsWith("/@alice/" + status.id());
        assertThat(target.at("/options/visibility").asText()).isEqualTo("unlisted");
    }

    /** What happens to the call that publishes, and what the API says at once. */
    enum Trouble {
        ANSWER_LOST_AFTER_COMMIT(Treatment.cutBeforeAnswer(), "published"),
        ANSWER_TRUNCATED(Treatment.cutAfterAnswerBytes(150), "published"),
        SERVER_ERROR_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(500, ERROR)), "published"),
        GARBAGE_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(200, "{\"id\":")), "published"),
        OTHER_JSON_AFTER_COMMIT(Treatment.afterExchange(Treatment.answer(200, "{}")), "published"),
        /** The limit of a call is ten seconds of real time. */
        SLOW_DRIP(Treatment.slowly(20), "published"),
        REQUEST_LOST(Treatment.cutAtOnce(), "unknown unknown not_shown"),
        REQUEST_CUT(Treatment.cutAfterRequestBytes(100), "unknown unknown not_shown"),
        SERVER_ERROR_BEFORE_COMMIT(Treatment.answer(500, ERROR), "unknown unknown not_shown"),
        UNAVAILABLE(Treatment.answer(503, "<html>", "Retry-After: 60"), "unknown unknown not_shown"),
        INVALID_JSON(Treatment.answer(200, "<html>"), "unknown unknown not_shown"),
        NOT_HTTP(Treatment.raw("no http at all"), "unknown unknown not_shown"),
        LIMIT_WITHOUT_RESET(Treatment.answer(429, THROTTLED), "pending rate_limited rate_limited");

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
        String text = trouble + " <3 & 'c' > https://example.com/" + "a".repeat(40) + "\n\nto @bob@elsewhere.example";
        instance.nextPost(trouble.treatment);
        String post = instance.publishNow(text);

        JsonNode soon = instance.afterDueJobs(post);
        JsonNode later = instance.settled(post);

        assertThat(said(soon)).isEqualTo(trouble.said);
        assertThat(said(later)).isEqualTo("published");
        assertThat(instance.mastodon.only().text()).isEqualTo(text);
        assertThat(later.path("providerPostId").asText())
                .isEqualTo(instance.mastodon.only().id());
    }

    @Test
    void a_redirect_is_never_followed() {
        instance.nextPost(Treatment.answer(307, "{}", "Location: " + instance.proxy.url() + "/elsewhere"));
        String post = instance.publishNow("redirected");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("unknown unknown not_shown");
        assertThat(said(instance.settled(post))).isEqualTo("published");
        assertThat(instance.proxy.requests("/elsewhere")).isZero();
        assertThat(instance.mastodon.texts()).containsExactly("redirected");
    }

    /** How an instance, or what is like one, writes the time of the reset. */
    enum Reset {
        ISO {
            @Override
            String of(Instant time) {
                return DateTimeFormatter.ISO_INSTANT.format(time);
            }
        },
        ISO_WITH_OFFSET {
            @Override
            String of(Instant time) {
                return time.atOffset(ZoneOffset.ofHours(1)).toString();
            }
        },
        UNIX {
            @Override
            String of(Instant time) {
                return Long.toString(time.getEpochSecond());
            }
        },
        SECONDS_FROM_NOW {
            @Override
            String of(Instant time) {
                return Long.toString(
                        Duration.between(flow.clock().instant(), time).toSeconds());
            }
        };

        abstract String of(Instant time);
    }

    @ParameterizedTest
    @EnumSource
    void a_rate_limit_tells_when_it_ends(Reset reset) {
        Instant ends = flow.clock().instant().plusSeconds(120);
        instance.nextPost(Treatment.answer(429, THROTTLED, "X-RateLimit-Reset: " + reset.of(ends)));
        String post = instance.publishNow("limited");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("pending rate_limited rate_limited");
        assertThat(said(instance.after(Duration.ofSeconds(119), post))).startsWith("pending");
        assertThat(said(instance.after(Duration.ofSeconds(1), post))).isEqualTo("published");
        assertThat(instance.mastodon.texts()).containsExactly("limited");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | The access token is invalid | auth_expired credentials_refused | reauthorization_required",
                "403 | This action is outside the authorized scopes | account_issue not_allowed | connected",
                "404 | Record not found | provider_rejected rejected | connected",
                "422 | Validation failed: Text is bad | user_content invalid_status | connected"
            })
    void a_refusal_is_final_and_says_why(int status, String error, String said, String channelStatus) {
        instance.nextPost(Treatment.answer(status, Json.text(Map.of("error", error))));

        JsonNode target = instance.afterDueJobs(instance.publishNow("refused"));

        assertThat(said(target)).isEqualTo("failed " + said);
        assertThat(target.at("/error/message").asText()).contains(error);
        assertThat(target.at("/error/providerStatus").asInt()).isEqualTo(status);
        assertThat(instance.alice.get("/v1/channels/" + instance.channel).text("status"))
                .isEqualTo(channelStatus);
        assertThat(instance.mastodon.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200", "403", "500"})
    void a_token_that_an_instance_repeats_is_redacted(int status) {
        instance.nextPost(Treatment.answer(status, Json.text(Map.of("error", "no: " + FakeMastodon.TOKEN))));
        String post = instance.publishNow("secret");

        String shown = instance.afterDueJobs(post).toString()
                + instance.alice.get("/v1/posts/" + post + "/attempts").text();

        assertThat(shown).contains("[redacted]").doesNotContain(FakeMastodon.TOKEN);
    }

    @Test
    void a_revoked_token_is_found_out_before_the_send_and_with_a_new_one_it_goes_out() {
        instance.mastodon.revokeToken();
        String post = instance.publishNow("at last");

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("failed auth_expired credentials_refused");
        instance.alice
                .patch(
                        "/v1/channels/" + instance.channel,
                        Json.text(Map.of(
                                "credentials",
                                Map.of("instanceUrl", instance.proxy.url().toString(), "accessToken", "another"))))
                .ok();
        instance.alice.post("/v1/posts/" + post + "/retry").expect(200);

        assertThat(said(instance.afterDueJobs(post))).isEqualTo("published");
        assertThat(instance.mastodon.texts()).containsExactly("at last");
    }
}
