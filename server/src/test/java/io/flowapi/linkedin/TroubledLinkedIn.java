package io.flowapi.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server whose LinkedIn stands behind a proxy that fails as told, and a user with a channel there, for each test anew. */
final class TroubledLinkedIn implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback {

    static final String POST = "POST /rest/posts";

    private static final int ROUNDS_MAX = 200;
    private static final Set<String> UNSETTLED = Set.of("publishing", "scheduled");

    final FakeLinkedIn linkedIn;
    final CuttingProxy proxy;
    final Flow flow;
    TestCaller alice;
    String channel;

    TroubledLinkedIn() {
        this(Map.of());
    }

    TroubledLinkedIn(Map<String, String> settings) {
        linkedIn = new FakeLinkedIn(() -> TroubledLinkedIn.this.flow.clock().instant());
        proxy = CuttingProxy.before(linkedIn.url());
        Map<String, String> all = new HashMap<>(settings);
        all.put("FLOW_LINKEDIN_API_URL", proxy.url().toString());
        flow = new Flow(all);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        flow.start();
    }

    /** Whatever failed in the test before is not left alone any more. */
    @Override
    public void beforeEach(ExtensionContext context) {
        proxy.behave();
        linkedIn.forget();
        flow.clock().advance(Duration.ofMinutes(2));
        alice = flow.user().key(Mode.LIVE);
        channel = connect(Map.of("accessToken", FakeLinkedIn.TOKEN)).created();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        flow.stop();
        proxy.close();
        linkedIn.close();
    }

    Answer connect(Map<String, String> credentials) {
        return alice.post(
                "/v1/channels", Json.text(Map.of("name", "News", "provider", "linkedin", "credentials", credentials)));
    }

    void nextPost(Treatment treatment) {
        proxy.next(1, POST, treatment);
    }

    String publishNow(String text) {
        return alice.publishNow(channel, text);
    }

    String publishNow(String text, Map<String, ?> options) {
        Map<String, Object> target = new LinkedHashMap<>(Map.of("channelId", channel, "options", options));
        return alice.post(
                        "/v1/posts", Json.text(Map.of("content", text, "publishNow", true, "targets", List.of(target))))
                .created();
    }

    JsonNode target(String post) {
        return alice.getPost(post).at("/targets/0");
    }

    JsonNode attempts(String post) {
        return alice.get("/v1/posts/" + post + "/attempts").ok().path("data");
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
