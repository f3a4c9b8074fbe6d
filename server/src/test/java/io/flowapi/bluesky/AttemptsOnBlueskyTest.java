package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What went over the wire can be read, and no credential in it. */
@Tag("one-database")
class AttemptsOnBlueskyTest {

    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkaWQ6cGxjOmEifQ.c2lnbmF0dXJl";

    @RegisterExtension
    static final Flow flow = new Flow();

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @Test
    void shows_the_frozen_request_and_the_answer_without_the_tokens_a_server_repeats() {
        try (TroubledNetwork network = TroubledNetwork.connected(flow)) {
            String echo = "{\"message\":\"Bearer opaque-token-1\",\"accessJwt\":\"" + TOKEN
                    + "\",\"appPassword\":\"abcd-efgh\",\"more\":\"" + "x ".repeat(4000) + "\"}";
            network.proxy.next(1, "putRecord", Treatment.answer(500, echo));
            String post = network.publishNow("Shown");

            network.settled(post);

            JsonNode attempts =
                    network.alice.get("/v1/posts/" + post + "/attempts").ok().path("data");
            JsonNode failed = attempts.get(attempts.size() - 1);
            JsonNode published = attempts.get(0);
            assertThat(failed.at("/response/status").asInt()).isEqualTo(500);
            assertThat(failed.at("/response/body").asText())
                    .contains("[redacted]")
                    .hasSizeLessThanOrEqualTo(4096);
            assertThat(attempts.toString()).doesNotContain(TOKEN, "opaque-token-1", "abcd-efgh", network.password);
            assertThat(published.at("/response/status").asInt()).isEqualTo(200);
            assertThat(published.at("/response/body").asText()).contains("at://" + network.account.did());
            assertThat(published.path("request").asText()).contains("\"text\":\"Shown\"", network.account.did());
            assertThat(published.path("request")).isEqualTo(failed.path("request"));
        }
    }
}
