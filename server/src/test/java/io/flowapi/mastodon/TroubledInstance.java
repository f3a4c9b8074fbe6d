package io.flowapi.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Answer;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A user with a channel on an instance, behind a proxy that fails as told. */
final class TroubledInstance implements AutoCloseable {

    static final String POST = "POST /api/v1/statuses";
    static final String LIST = "limit=20";

    private static final int ROUNDS_MAX = 200;
    private static final Set<String> UNSETTLED = Set.of("publishing", "scheduled");

    final FakeMastodon mastodon;
    final CuttingProxy proxy;
    final TestCaller alice;
    final String channel;

    private final Flow flow;

    TroubledInstance(Flow flow) {
        this.flow = flow;
        mastodon = new FakeMastodon(flow.clock());
        proxy = CuttingProxy.before(mastodon.url());
        alice = flow.user().key(Mode.LIVE);
        channel = connect(Map.of("instanceUrl", proxy.url().toString(), "accessToken", FakeMastodon.TOKEN))
                .created();
    }

    Answer connect(Map<String, String> credentials) {
        return alice.post(
                "/v1/channels", Json.text(Map.of("name", "News", "provider", "mastodon", "credentials", credentials)));
    }

    void nextPost(Treatment treatment) {
        proxy.next(1, POST, treatment);
    }

    String publishNow(String text) {
        return alice.publishNow(channel, text);
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

    @Override
    public void close() {
        proxy.close();
        mastodon.close();
    }
}
