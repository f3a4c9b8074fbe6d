package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Treatment;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the API to a real Bluesky server and back, also when the connection is cut at the worst moments. */
class PublishToBlueskyTest {

    private static final int ROUNDS_MAX = 60;
    private static final int CALLS_MAX = 1500;

    @RegisterExtension
    static final Flow flow = new Flow();

    private static RealPds pds;
    private static int calls;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    private record Network(TestCaller alice, RealPds.Account account, String channel) {}

    private static Network connect(URI service) {
        TestCaller alice = flow.user().key(Mode.LIVE);
        RealPds.Account account = pds.createAccount(RealPds.freshHandle());
        String password = pds.createAppPassword(account, "flow");
        String channel = alice.post("/v1/channels", credentials(service, account.handle(), password))
                .created();
        return new Network(alice, account, channel);
    }

    private static String credentials(URI service, String identifier, String password) {
        return Json.text(Map.of(
                "name", "News",
                "provider", "bluesky",
                "credentials",
                        Map.of("service", service.toString(), "identifier", identifier, "appPassword", password)));
    }

    private static JsonNode settled(Network network, String post) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            flow.runDueJobs();
            JsonNode shown = network.alice().get("/v1/posts/" + post).ok();
            if (!List.of("publishing", "scheduled")
                    .contains(shown.path("status").asText())) {
                return shown;
            }
            flow.clock().advance(Duration.ofMinutes(1));
        }
        throw new AssertionError(
                "not settled: " + network.alice().get("/v1/posts/" + post).text());
    }

    private static List<String> shown(Network network) {
        return pds.listPosts(network.account().did()).stream()
                .map(RealPds.Post::text)
                .toList();
    }

    @Test
    void a_post_is_shown_by_the_network_once_with_a_link_at_the_right_bytes() {
        Network network = connect(pds.url());
        String text = "👩‍👩‍👧 read https://example.com/a now";

        JsonNode post = settled(network, network.alice().publishNow(network.channel(), text));

        assertThat(post.at("/status").asText()).isEqualTo("published");
        assertThat(post.at("/targets/0/providerPostId").asText())
                .startsWith("at://" + network.account().did() + "/app.bsky.feed.post/");
        assertThat(post.at("/targets/0/url").asText()).startsWith("https://bsky.app/profile/");
        assertThat(shown(network)).containsExactly(text);
    }

    @Test
    void wrong_credentials_make_no_channel_and_say_so() {
        TestCaller alice = flow.user().key(Mode.LIVE);
        RealPds.Account account = pds.createAccount(RealPds.freshHandle());

        flow.unchanged(() -> alice.post("/v1/channels", credentials(pds.url(), account.handle(), "wrong-wrong"))
                .isProblem(422, "validation_failed"));
    }

    @Test
    void a_test_key_reaches_no_network() {
        TestCaller tester = flow.caller();

        flow.unchanged(() -> tester.post("/v1/channels", credentials(pds.url(), "alice.test", "any"))
                .isProblem(422, "validation_failed"));
    }

    @Test
    void too_many_graphemes_are_refused_before_anything_is_stored() {
        Network network = connect(pds.url());
        String text = "é".repeat(301);

        flow.unchanged(() -> network.alice()
                .post("/v1/posts", TestCaller.postJson(network.channel(), text, "\"publishNow\":true"))
                .isProblem(422, "validation_failed"));
    }

    @Test
    void a_revoked_password_asks_for_a_new_one() {
        try (CuttingProxy proxy = CuttingProxy.before(pds.url())) {
            Network network = connect(proxy.url());
            pds.revokeAppPassword(network.account(), "flow");
            proxy.next(1, "putRecord", Treatment.answer(400, "{\"error\":\"ExpiredToken\",\"message\":\"expired\"}"));

            JsonNode post = settled(network, network.alice().publishNow(network.channel(), "too late"));

            assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("auth_expired");
            assertThat(network.alice()
                            .get("/v1/channels/" + network.channel())
                            .ok()
                            .path("status")
                            .asText())
                    .isEqualTo("reauthorization_required");
            assertThat(shown(network)).isEmpty();
        }
    }

    /** Where the connection is lost. */
    enum Cut {
        BEFORE_CONNECT("", Treatment.cutAtOnce()),
        INSIDE_THE_REQUEST("putRecord", Treatment.cutAfterRequestBytes(400)),
        AFTER_THE_NETWORK_COMMITTED("putRecord", Treatment.cutBeforeAnswer()),
        INSIDE_THE_ANSWER("putRecord", Treatment.cutAfterAnswerBytes(40)),
        SERVER_ERROR_IN_PLACE_OF_THE_ANSWER("putRecord", Treatment.answer(500, "{\"error\":\"InternalServerError\"}")),
        GARBAGE_IN_PLACE_OF_THE_ANSWER("putRecord", Treatment.raw("no http at all")),
        TOO_MANY_REQUESTS("putRecord", Treatment.answer(429, "{\"error\":\"RateLimitExceeded\"}"));

        private final String request;
        private final Treatment treatment;

        Cut(String request, Treatment treatment) {
            this.request = request;
            this.treatment = treatment;
        }
    }

    /** Those around our own commit are in {@code CutByKillTest}. */
    @ParameterizedTest
    @EnumSource
    void a_cut_connection_loses_nothing_and_doubles_nothing(Cut cut) {
        renewLimits();
        try (CuttingProxy proxy = CuttingProxy.before(pds.url())) {
            Network network = connect(proxy.url());
            Set<String> contents = new HashSet<>();
            int published = 0;

            for (int i = 0; i < CutFigures.POSTS; i++) {
                proxy.next(1, cut.request, cut.treatment);
                String content = cut + " " + i;
                JsonNode post = settled(network, network.alice().publishNow(network.channel(), content));
                contents.add(content);
                published += post.path("status").asText().equals("published") ? 1 : 0;
                proxy.behave();
            }

            calls += proxy.connections();
            CutFigures figures = CutFigures.of(contents, published, shown(network));
            figures.report(cut);
            assertThat(figures).isEqualTo(CutFigures.flawless(CutFigures.POSTS));
        }
    }

    /** The server takes 3000 calls in five minutes from one address; after a restart it counts anew. */
    private static void renewLimits() {
        if (calls > CALLS_MAX) {
            pds.stop();
            pds.start();
            calls = 0;
        }
    }
}
