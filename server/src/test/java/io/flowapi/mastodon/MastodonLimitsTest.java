package io.flowapi.mastodon;

import static io.flowapi.mastodon.TroubledInstance.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is too long for the instance is refused before anything is stored, counted as instances count. */
@Tag("one-database")
class MastodonLimitsTest {

    private static final String RULE = "#/content mastodon.status.characters";
    private static final String LONG_URL = "https://example.com/" + "a".repeat(300) + "?b=c#d";

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

    private Answer create(String channel, String text) {
        return instance.alice.post("/v1/posts", TestCaller.postJson(channel, text, "\"publishNow\":true"));
    }

    private void takes(String text) {
        create(instance.channel, text).created();
    }

    private void refuses(String text) {
        flow.unchanged(() -> create(instance.channel, text).isProblem(422, "validation_failed", RULE));
    }

    @Test
    void says_the_limit_and_the_length() {
        Answer refused = create(instance.channel, "a".repeat(501));

        refused.isProblem(422, "validation_failed", RULE);
        assertThat(refused.body().at("/errors/0/limit").asInt()).isEqualTo(500);
        assertThat(refused.body().at("/errors/0/actual").asInt()).isEqualTo(501);
        assertThat(refused.text("errors/0/detail"))
                .isEqualTo(
                        "The instance takes at most 500 characters, the spoiler text among them; a URL counts 23, and the"
                                + " domain of a mention does not count. This has 501 characters, 1 too many. Shorten the text or"
                                + " the spoiler text.");
    }

    @Test
    void a_family_is_one_character_a_url_23_and_a_mention_its_local_part() {
        takes("👨‍👩‍👧‍👦".repeat(500));
        takes("a".repeat(476) + " " + LONG_URL);
        refuses("a".repeat(477) + " " + LONG_URL);
        takes("a".repeat(476) + " http://a.b");
        refuses("a".repeat(477) + " http://a.b");
        takes("a".repeat(493) + " @alice@a-very-long-name.example");
        refuses("a".repeat(494) + " @alice@a-very-long-name.example");
        refuses("x".repeat(480) + " http://localhost/a/b/c");
    }

    @Test
    void the_spoiler_counts_too() {
        String json = "{\"content\":\"%s\",\"publishNow\":true,\"targets\":[{\"channelId\":\"%s\",\"options\":"
                + "{\"spoilerText\":\"12345\"}}]}";

        instance.alice
                .post("/v1/posts", json.formatted("a".repeat(495), instance.channel))
                .created();
        instance.alice
                .post("/v1/posts", json.formatted("a".repeat(496), instance.channel))
                .isProblem(422, "validation_failed", RULE);
    }

    @Test
    void an_instance_has_its_own_limit_and_a_draft_none() {
        instance.mastodon.takes(1000);
        String channel = instance.connect(
                        Map.of("instanceUrl", instance.proxy.url().toString(), "accessToken", FakeMastodon.TOKEN))
                .created();

        create(channel, "a".repeat(1000)).created();
        create(channel, "a".repeat(1001)).isProblem(422, "validation_failed", RULE);
        instance.alice.draft(channel, "a".repeat(1001));
    }

    @Test
    void an_instance_that_tells_no_limits_has_the_usual_ones() {
        instance.proxy.next(1, "/api/v2/instance", Treatment.answer(404, "{\"error\":\"Record not found\"}"));
        String old = instance.connect(
                        Map.of("instanceUrl", instance.proxy.url().toString(), "accessToken", FakeMastodon.TOKEN))
                .created();

        create(old, "a".repeat(500)).created();
        create(old, "a".repeat(501)).isProblem(422, "validation_failed", RULE);
    }

    @Test
    void a_changed_limit_is_known_after_the_first_send_of_the_next_day() {
        instance.mastodon.takes(1000);
        refuses("a".repeat(1000));
        flow.clock().advance(Duration.ofDays(1));

        instance.settled(instance.publishNow("short"));

        takes("a".repeat(1000));
    }

    @Test
    void limits_of_a_week_ago_refuse_nothing_and_the_instance_decides() {
        flow.clock().advance(Duration.ofDays(7));

        String post = create(instance.channel, "a".repeat(501)).created();

        assertThat(said(instance.settled(post))).isEqualTo("failed user_content invalid_status");
    }
}
