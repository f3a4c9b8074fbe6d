package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is used again, comes too late or from somebody else connects nothing. */
class RefusedConnectionTest {

    private static final FakeOAuth network =
            Owners.network(() -> RefusedConnectionTest.flow.clock().instant());

    @RegisterExtension
    static final Flow flow = new Flow(Owners.settings(network));

    private final TestBrowser browser = new TestBrowser(flow);
    private final TestCaller application = Owners.application(flow);

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void a_state_is_good_for_one_use() {
        String back = Owners.callback(browser, Owners.start(application));
        browser.open(back).expect(303);
        int exchanges = network.exchanges().size();

        refused(browser.open(back));
        refused(browser.open(back.replaceFirst("code=[^&]*", "code=another")));

        assertThat(network.exchanges()).hasSize(exchanges);
        assertThat(Owners.channels(application)).hasSize(1);
    }

    @Test
    void a_code_that_was_used_elsewhere_connects_nothing() {
        String first = Owners.callback(browser, Owners.start(application));
        String second = Owners.callback(browser, Owners.start(application));
        browser.open(first).expect(303);

        Answer again = browser.open(second.replaceFirst("code=[^&]*", code(first)));

        assertThat(again.expect(303).header("Location")).endsWith("&error=provider_error");
        assertThat(Owners.channels(application)).hasSize(1);
    }

    private static String code(String callback) {
        return callback.replaceFirst(".*[?&](code=[^&]*).*", "$1");
    }

    @Test
    void of_two_callbacks_at_once_one_connects() throws Exception {
        String back = Owners.callback(browser, Owners.start(application));
        CountDownLatch held = network.hold();
        int exchanges = network.exchanges().size();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Two windows of the same browser, before either has an answer.
            Future<Answer> one = threads.submit(() -> browser.open(back));
            Future<Answer> other = threads.submit(() -> browser.open(back));
            Await.within(Duration.ofSeconds(20), () -> one.isDone() || other.isDone());
            held.countDown();

            assertThat(List.of(one.get().status(), other.get().status())).containsExactlyInAnyOrder(303, 400);
        }
        assertThat(network.exchanges()).hasSize(exchanges + 1);
        assertThat(Owners.channels(application)).hasSize(1);
    }

    @Test
    void the_callback_of_another_browser_is_refused_and_does_not_use_the_state_up() {
        String back = Owners.callback(browser, Owners.start(application));
        TestBrowser other = new TestBrowser(flow);
        Owners.callback(other, Owners.start(Owners.application(flow)));

        refused(other.open(back));
        refused(new TestBrowser(flow).open(back));

        assertThat(browser.open(back).expect(303).header("Location")).contains("channelId=");
    }

    @Test
    void a_form_that_another_site_sends_is_refused() {
        String link = Owners.start(application);
        Answer page = browser.open(link);
        String form = TestBrowser.form(page) + "&decision=connect";
        TestBrowser visitor = new TestBrowser(flow);
        visitor.open(link).expect(200);

        // The other site can read what it was shown itself, but not what the visitor was shown.
        refused(visitor.send("POST", "http://flow.test/oauth/connect", form));
        refused(new TestBrowser(flow).send("POST", "http://flow.test/oauth/connect", form));
        refused(browser.send("POST", "http://flow.test/oauth/connect", "decision=connect"));
        refused(browser.send(
                "POST", "http://flow.test/oauth/connect", form.replaceFirst("confirmation=[^&]*", "confirmation=a")));

        browser.press(page, "connect").expect(303);
    }

    @Test
    void the_network_of_the_state_is_the_network_of_the_callback() {
        String back = Owners.callback(browser, Owners.start(application));

        assertThat(browser.open(back.replace("/callback/x", "/callback/sandbox"))
                        .status())
                .isEqualTo(404);
        assertThat(browser.open(back).expect(303).header("Location")).contains("channelId=");
    }

    @Test
    void a_link_is_good_for_ten_minutes() {
        String link = Owners.start(application);
        flow.clock().advance(Duration.ofMinutes(10).minusMillis(1));
        Answer page = browser.open(link).expect(200);
        flow.clock().advance(Duration.ofMillis(1));

        refused(browser.open(link));
        refused(browser.press(page, "connect"));
    }

    @Test
    void a_state_is_good_for_ten_minutes_and_a_code_for_as_long_as_its_network_says() {
        String late = Owners.callback(browser, Owners.start(application));
        String slow = Owners.callback(browser, Owners.start(application));

        flow.clock().advance(Duration.ofSeconds(30));
        assertThat(browser.open(slow).expect(303).header("Location")).endsWith("&error=provider_error");
        flow.clock().advance(Duration.ofMinutes(9).plusSeconds(30));
        refused(browser.open(late));

        assertThat(Owners.channels(application)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?state=",
                "?code=c",
                "?state=short&code=c",
                "?state=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code=c",
                "?state=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&error=access_denied",
                "?state=a&state=b&code=c"
            })
    void a_callback_that_nobody_asked_for_is_refused(String query) {
        Answer answer = flow.unchanged(() -> browser.open("http://flow.test/oauth/callback/x" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_callback_that_nobody_asked_for_waits_for_nobody_who_writes() {
        String made = "http://flow.test/oauth/callback/x?code=c&state=" + "a".repeat(43);

        refused(flow.installation().database().write(tx -> browser.open(made)));
    }

    @Test
    void a_program_is_refused_with_a_problem() {
        flow.nobody().get("/oauth/callback/x?state=" + "a".repeat(43)).isProblem(400, "connection_invalid");
        flow.nobody().get("/oauth/connect?request=" + "a".repeat(43)).isProblem(400, "connection_invalid");
    }

    @Test
    void other_methods_use_nothing_up() {
        String link = Owners.start(application);
        assertThat(browser.send("PUT", link, "").expect(405).header("Allow")).isEqualTo("GET, POST");
        String back = Owners.callback(browser, link);

        for (String method : new String[] {"HEAD", "POST", "DELETE"}) {
            assertThat(browser.send(method, back, "").expect(405).header("Allow"))
                    .isEqualTo("GET");
        }
        browser.open(back).expect(303);
    }

    @Test
    void a_form_is_a_form_and_no_longer_than_a_body_may_be() {
        Answer page = browser.open(Owners.start(application));
        String url = "http://flow.test/oauth/connect";

        assertThat(browser.send("POST", url, "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
        assertThat(browser.send("POST", url, "request=" + "a".repeat(1_048_576)).status())
                .isEqualTo(413);
        browser.press(page, "connect").expect(303);
    }

    @Test
    void whose_key_or_user_is_gone_connects_nothing_any_more() {
        Flow.TestUser user = flow.user();
        TestCaller keeper = user.key(Mode.LIVE);
        TestCaller second = user.key(Mode.LIVE);
        String deleted = Owners.callback(browser, Owners.start(second));
        String disabled = Owners.callback(browser, Owners.start(keeper));

        keeper.delete("/v1/api-keys/" + second.get("/v1/me").text("apiKey/id")).expect(204);
        refused(browser.open(deleted));
        flow.installation()
                .database()
                .write(tx ->
                        flow.installation().users().disable(tx, user.account().name()));
        refused(browser.open(disabled));
    }

    private static void refused(Answer answer) {
        assertThat(answer.expect(400).text()).contains("belongs to no connection that is under way in this browser");
    }
}
