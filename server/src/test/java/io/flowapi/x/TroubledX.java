package io.flowapi.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.FakeX;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server whose X is a fake behind a proxy that fails as told, and a user with a channel there; anew for each test. */
final class TroubledX implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final String POST = "POST /2/tweets";
    static final String LIST = "max_results=50";

    private static final int ROUNDS_MAX = 200;
    private static final Set<String> UNSETTLED = Set.of("publishing", "scheduled");

    final FakeX fake = new FakeX();
    final CuttingProxy proxy = CuttingProxy.before(fake.url());
    final Flow flow = new Flow(Map.of(
            "FLOW_X_API_URL", proxy.url().toString(), "FLOW_X_CLIENT_ID", "us", "FLOW_X_CLIENT_SECRET", "secret"));

    TestCaller alice;
    String channel;

    private int sentBefore;

    @Override
    public void beforeAll(ExtensionContext context) {
        flow.start();
    }

    /** The breaker is one for all tests: what went well makes it forget what failed before. */
    @Override
    public void beforeEach(ExtensionContext context) {
        fake.begin(flow.clock());
        alice = flow.user().key(Mode.LIVE);
        channel = connect(Map.of("accessToken", FakeX.TOKEN, "refreshToken", FakeX.REFRESH_TOKEN))
                .created();
        flow.clock().advance(Duration.ofMinutes(2));
        assertThat(said(settled(publishNow("all is well")))).isEqualTo("published");
        fake.begin(flow.clock());
        sentBefore = proxy.requests(POST);
    }

    /** Whatever was sent, X's own document allows it. */
    @Override
    public void afterEach(ExtensionContext context) {
        proxy.behave();
        assertThat(fake.violations()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        flow.stop();
        proxy.close();
        fake.close();
    }

    Answer connect(Map<String, ?> credentials) {
        return alice.post(
                "/v1/channels", Json.text(Map.of("name", "News", "provider", "x", "credentials", credentials)));
    }

    void nextPost(Treatment treatment) {
        proxy.next(1, POST, treatment);
    }

    /** How often a post was sent whole, since the test began. */
    int sends() {
        return proxy.requests(POST) - sentBefore;
    }

    String publishNow(String text) {
        return alice.publishNow(channel, text);
    }

    String publishNow(String text, Map<String, ?> options) {
        return alice.post(
                        "/v1/posts",
                        Json.text(Map.of(
                                "content",
                                text,
                                "publishNow",
                                true,
                                "targets",
                                List.of(Map.of("channelId", channel, "options", options)))))
                .created();
    }

    JsonNode target(String post) {
        return alice.getPost(post).at("/targets/0");
    }

    /** The post's only target, when all that is due has been done. */
    JsonNode afterDueJobs(String post) {
        flow.runDueJobs();
        return target(post);
    }

    /** The same, after this time. */
    JsonNode after(Duration time, String post) {
        flow.clock().advance(time);
        return afterDueJobs(post);
    }

    /** The post's only target, when nothing will happen to it any more. */
    JsonNode settled(String post) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            flow.runDueJobs();
            if (!UNSETTLED.contains(alice.getPost(post).path("status").asText())) {
                return target(post);
            }
            flow.clock().advance(Duration.ofMinutes(1));
        }
        throw new AssertionError("not settled: " + alice.getPost(post));
    }

    /** What the API says of a target, such as {@code failed auth_expired credentials_refused}. */
    static String said(JsonNode target) {
        String status = target.path("status").asText();
        return target.has("error")
                ? status + " " + target.at("/error/category").asText() + " "
                        + target.at("/error/code").asText()
                : status;
    }
}
