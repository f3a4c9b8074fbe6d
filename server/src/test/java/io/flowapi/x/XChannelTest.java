package io.flowapi.x;

import static io.flowapi.x.TroubledX.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeX;
import io.flowapi.testing.Treatment;
import io.flowapi.testing.XDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connects an account of X with tokens that were obtained elsewhere, and deletes its posts. */
class XChannelTest {

    private static final String DELETE = "DELETE /2/tweets/";
    private static final String ME = "/2/users/me";

    @RegisterExtension
    static final TroubledX x = new TroubledX();

    @Test
    void a_channel_is_named_after_its_account_and_shows_no_token() {
        Answer shown = x.alice.get("/v1/channels/" + x.channel);

        assertThat(shown.text("accountId")).isEqualTo(FakeX.ACCOUNT);
        assertThat(shown.text("accountName")).isEqualTo("@alice");
        assertThat(shown.text("status")).isEqualTo("connected");
        assertThat(shown.text()).doesNotContain(FakeX.TOKEN, FakeX.REFRESH_TOKEN);
    }

    @Test
    void an_access_token_is_enough() {
        x.connect(Map.of("accessToken", FakeX.TOKEN)).created();
    }

    @Test
    void a_token_whose_end_is_known_is_renewed_before_it() {
        x.channel = x.connect(Map.of(
                        "accessToken",
                        FakeX.TOKEN,
                        "refreshToken",
                        FakeX.REFRESH_TOKEN,
                        "expiresAt",
                        x.flow.clock().instant().plusSeconds(30).toString()))
                .created();

        assertThat(said(x.afterDueJobs(x.publishNow("in time")))).isEqualTo("published");
        assertThat(x.fake.renewals()).isEqualTo(1);
    }

    @Test
    void a_wrong_token_is_refused() {
        x.connect(Map.of("accessToken", "wrong"))
                .isProblem(422, "validation_failed", "#/credentials/accessToken credentials_refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {}",
                "200 | {\"data\":{\"id\":\"abc\",\"username\":\"alice\"}}",
                "200 | {\"data\":{\"id\":\"1\"}}",
                "200 | <html>",
                "500 | {\"title\":\"Internal Server Error\"}",
                "404 | {\"title\":\"Not Found\",\"detail\":\"x\"}"
            })
    void what_does_not_answer_as_x_does_is_no_account(int status, String body) {
        x.proxy.next(1, ME, Treatment.answer(status, body));

        x.connect(Map.of("accessToken", FakeX.TOKEN)).isProblem(422, "validation_failed", "#/credentials unreachable");
    }

    @Test
    void a_rate_limit_says_when_to_come_back() {
        x.proxy.next(1, ME, Treatment.answer(429, "{}", "Retry-After: 7"));

        x.connect(Map.of("accessToken", FakeX.TOKEN)).isProblem(422, "validation_failed", "#/credentials rate_limited");
    }

    @Test
    void credentials_of_another_network_are_refused() {
        x.connect(Map.of("accessToken", FakeX.TOKEN, "instanceUrl", "https://x.example"))
                .isProblem(422, "validation_failed", "#/credentials/instanceUrl excluded");
        x.connect(Map.of("refreshToken", FakeX.REFRESH_TOKEN))
                .isProblem(422, "validation_failed", "#/credentials/accessToken required");
        x.connect(Map.of("accessToken", FakeX.TOKEN, "expiresAt", "tomorrow")).expect(422);
    }

    @Test
    void a_deleted_post_is_gone_here_and_there() {
        String post = published();

        assertThat(x.alice.delete(post).ok().at("/targets/0/outcome").asText()).isEqualTo("deleted");

        assertThat(x.fake.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"title\":\"Unauthorized\",\"detail\":\"no\"} | credentials_refused",
                "403 | {\"title\":\"Forbidden\",\"detail\":\"no\"} | not_allowed",
                "429 | {} | rate_limited",
                "500 | {} | provider_unavailable",
                "200 | {\"data\":{\"deleted\":false}} | unclear_answer"
            })
    void a_refusal_keeps_the_post_until_the_request_is_repeated(int status, String body, String code) {
        String post = published();
        x.proxy.next(status == 401 ? 2 : 1, DELETE, Treatment.answer(status, body));

        x.alice.delete(post).isProblem(409, "post_not_deleted", "fromProvider " + code);

        assertThat(x.fake.texts()).containsExactly("Soon gone");
        x.alice.delete(post).ok();
        assertThat(x.fake.texts()).isEmpty();
    }

    @Test
    void a_lost_answer_to_a_deletion_is_made_good_by_repeating() {
        String post = published();
        x.proxy.next(1, DELETE, Treatment.cutBeforeAnswer());

        x.alice.delete(post).isProblem(409, "post_not_deleted", "fromProvider provider_unavailable");

        assertThat(x.fake.texts()).isEmpty();
        x.alice.delete(post).ok();
    }

    @Test
    void what_x_does_not_have_any_more_is_deleted() {
        String post = published();
        x.proxy.next(1, DELETE, Treatment.answer(404, "{\"title\":\"Not Found Error\",\"detail\":\"no\"}"));

        x.alice.delete(post).ok();
    }

    private static String published() {
        String id = x.publishNow("Soon gone");
        assertThat(said(x.afterDueJobs(id))).isEqualTo("published");
        return "/v1/posts/" + id + "?fromProvider=true";
    }

    @Test
    void no_token_is_stored_readable_or_logged() {
        StringBuilder logged = new StringBuilder();
        Handler log = new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                logged.append(line.getMessage()).append(Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        List<Logger> streams = Stream.of("", "io.flowapi.request", "io.flowapi.audit")
                .map(Logger::getLogger)
                .toList();
        streams.forEach(stream -> stream.addHandler(log));
        try {
            x.connect(Map.of("accessToken", FakeX.TOKEN, "refreshToken", FakeX.REFRESH_TOKEN))
                    .created();
            x.connect(Map.of("accessToken", FakeX.TOKEN + "-x", "refreshToken", FakeX.REFRESH_TOKEN))
                    .expect(422);
            x.fake.endToken();
            x.settled(x.publishNow("with a new token"));
        } finally {
            streams.forEach(stream -> stream.removeHandler(log));
        }

        assertThat(x.fake.renewals()).isEqualTo(1);
        assertThat(logged.toString() + secrets())
                .contains("createChannel")
                .doesNotContain(FakeX.TOKEN, FakeX.REFRESH_TOKEN, "renewed-1", "refresh-1");
    }

    private static String secrets() {
        return x.flow.installation()
                .database()
                .read(tx -> tx.createQuery("select credentials, session from channel_secrets")
                        .map(row -> row.getColumn("credentials", String.class) + row.getColumn("session", String.class))
                        .list()
                        .toString());
    }

    @Test
    void the_fake_refuses_what_the_document_of_x_does_not_allow() {
        assumeTrue(XDocument.isAtHand(), "the document of X is not at hand");

        assertThat(XDocument.violations(
                        "POST",
                        "/2/tweets",
                        Map.of(),
                        Map.of("Content-Type", "application/json"),
                        "{\"text\":\"a\",\"unknown\":1}"))
                .isNotEmpty();
        assertThat(XDocument.violations("GET", "/2/users/1/tweets", Map.of("unknown", "1"), Map.of(), ""))
                .isNotEmpty();
    }
}
