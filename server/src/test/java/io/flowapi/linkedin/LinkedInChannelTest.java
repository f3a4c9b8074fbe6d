package io.flowapi.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connects members and organisations by tokens, and says precisely what is wrong with credentials, options and texts. */
@Tag("one-database")
class LinkedInChannelTest {

    @RegisterExtension
    static final TroubledLinkedIn net = new TroubledLinkedIn();

    private JsonNode channel(String id) {
        return net.alice.get("/v1/channels/" + id).ok();
    }

    @Test
    void without_an_author_it_is_the_member_of_the_token() {
        JsonNode channel = channel(net.channel);

        assertThat(channel.path("provider").asText()).isEqualTo("linkedin");
        assertThat(channel.path("accountId").asText()).isEqualTo(FakeLinkedIn.MEMBER);
        assertThat(channel.path("accountName").asText()).isEqualTo("Alice Flow");
        assertThat(channel.toString()).doesNotContain(FakeLinkedIn.TOKEN);
    }

    @Test
    void an_organisation_is_named_by_its_author() {
        String id = net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN, "author", FakeLinkedIn.ORGANISATION))
                .created();

        assertThat(channel(id).path("accountId").asText()).isEqualTo(FakeLinkedIn.ORGANISATION);
        assertThat(channel(id).path("accountName").asText()).isEqualTo(FakeLinkedIn.ORGANISATION);
    }

    @Test
    void a_token_that_does_not_tell_whose_it_is_needs_an_author() {
        net.linkedIn.hideProfile();

        net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN))
                .isProblem(422, "validation_failed", "#/credentials/accessToken credentials_refused");
        net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN, "author", FakeLinkedIn.ORGANISATION))
                .created();
    }

    @Test
    void the_token_of_another_member_is_refused() {
        net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN, "author", "urn:li:person:somebody-else"))
                .isProblem(422, "validation_failed", "#/credentials/author other_account");
        net.alice
                .patch(
                        "/v1/channels/" + net.channel,
                        Json.text(Map.of(
                                "credentials",
                                Map.of("accessToken", FakeLinkedIn.TOKEN, "author", FakeLinkedIn.ORGANISATION))))
                .isProblem(422, "validation_failed", "#/credentials other_account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"message\":\"Expired\",\"code\":\"EXPIRED_ACCESS_TOKEN\"} | /accessToken credentials_refused",
                "429 | {\"message\":\"Throttled\",\"code\":\"TOO_MANY_REQUESTS\"} | ' rate_limited'",
                "200 | {} | ' unreachable'",
                "200 | {\"sub\":\"../1\"} | ' unreachable'",
                "200 | <html> | ' unreachable'",
                "404 | {\"message\":\"Not found\"} | ' unreachable'",
                "500 | {\"message\":\"x\"} | ' unreachable'"
            })
    void what_linkedin_refuses_makes_no_channel(int status, String body, String reason) {
        net.proxy.next(1, "userinfo", Treatment.answer(status, body));

        net.flow.unchanged(() -> net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN))
                .isProblem(422, "validation_failed", "#/credentials" + reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"author\":\"urn:li:person:x\"} | #/credentials/accessToken required",
                "{\"accessToken\":\"a\",\"instanceUrl\":\"https://a.example\"} | #/credentials/instanceUrl excluded",
                "{\"accessToken\":\"a\",\"author\":\"urn:li:share:1\"} | #/credentials/author wrong_format"
            })
    void what_is_missing_or_malformed_is_named(String credentials, String reason) {
        net.alice
                .post("/v1/channels", "{\"name\":\"n\",\"provider\":\"linkedin\",\"credentials\":" + credentials + "}")
                .isProblem(422, "validation_failed", reason);
    }

    @Test
    void an_author_is_of_no_use_elsewhere() {
        net.alice.post("/v1/channels", """
                        {"name":"n","provider":"mastodon","credentials":
                         {"instanceUrl":"https://a.example","accessToken":"a","author":"urn:li:person:x"}}
                        """).isProblem(422, "validation_failed", "#/credentials/author excluded");
    }

    @Test
    void a_test_key_reaches_no_network() {
        TestCaller tester = net.flow.user().key(Mode.TEST);
        int calls = net.proxy.connections();

        tester.post(
                        "/v1/channels",
                        "{\"name\":\"n\",\"provider\":\"linkedin\",\"credentials\":{\"accessToken\":\"a\"}}")
                .isProblem(422, "validation_failed", "#/provider live_only");

        assertThat(net.proxy.connections()).isEqualTo(calls);
    }

    @ParameterizedTest
    @CsvSource({"audience,'\"everybody\"'", "reshareDisabled,'\"yes\"'", "visibility,'\"public\"'", "sensitive,true"})
    void an_option_that_linkedin_does_not_know_is_refused(String option, String value) {
        net.alice
                .post(
                        "/v1/posts",
                        "{\"content\":\"c\",\"targets\":[{\"channelId\":\"" + net.channel + "\",\"options\":{\""
                                + option + "\":" + value + "}}]}")
                .isProblem(422, "validation_failed");
    }

    @Test
    void a_sandbox_has_none_of_its_options() {
        net.alice
                .post(
                        "/v1/posts",
                        "{\"content\":\"c\",\"targets\":[{\"channelId\":\"" + net.alice.channel()
                                + "\",\"options\":{\"audience\":\"public\",\"reshareDisabled\":false}}]}")
                .isProblem(
                        422,
                        "validation_failed",
                        "#/targets/0/options/audience unknown_option",
                        "#/targets/0/options/reshareDisabled unknown_option");
    }

    /** Neither the backslashes nor the URN of a mention count. */
    @Test
    void three_thousand_characters_that_are_seen_are_taken_and_one_more_is_not() {
        String mention = "@[Acme](urn:li:organization:2414183)";
        String most = mention + "_".repeat(2_995) + "\ud83d\ude00";

        assertThat(TroubledLinkedIn.said(net.afterDueJobs(net.publishNow(most))))
                .isEqualTo("published");
        JsonNode refused = net.alice
                .post("/v1/posts", TestCaller.postJson(net.channel, most + "!", "\"publishNow\":true"))
                .isProblem(422, "validation_failed", "#/content linkedin.post.characters")
                .body();

        assertThat(refused.at("/errors/0/limit").asInt()).isEqualTo(3000);
        assertThat(refused.at("/errors/0/actual").asInt()).isEqualTo(3001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", "\u2060 \u00ad"})
    void a_text_of_which_nothing_is_seen_is_refused(String text) {
        net.alice
                .post("/v1/posts", TestCaller.postJson(net.channel, text, "\"publishNow\":true"))
                .isProblem(422, "validation_failed", "#/content linkedin.post.empty");
    }
}
