package io.flowapi.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowClientTest {

    @AutoClose
    private final StubServer server = new StubServer();

    @Test
    void needs_an_api_key() {
        assertThatThrownBy(() -> FlowClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("apiKey is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "flow key", "flow_key\n", "flow_këy"})
    void refuses_a_key_that_is_no_header_without_repeating_it(String key) {
        assertThatThrownBy(() -> FlowClient.builder().apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiKey must be visible ASCII characters without spaces");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "ftp://localhost",
                "http:///v1",
                "http://localhost?x=y",
                "http://localhost#x",
                "http://me:secret@localhost"
            })
    void refuses_a_base_url_that_is_none(String url) {
        assertThatThrownBy(() -> FlowClient.builder().baseUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("baseUrl must look like https://flow.example.com");
    }

    @Test
    void refuses_a_timeout_or_a_number_of_retries_without_sense() {
        FlowClient.Builder builder = FlowClient.builder();

        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessage("timeout must be positive");
        assertThatThrownBy(() -> builder.maxRetries(-1)).hasMessage("maxRetries must be 0 to 10");
        assertThatThrownBy(() -> builder.maxRetries(11)).hasMessage("maxRetries must be 0 to 10");
        assertThatThrownBy(() -> RequestOptions.builder().timeout(ofSeconds(-1)))
                .hasMessage("timeout must be positive");
    }

    @Test
    void is_made_from_the_environment() {
        server.then(200, "{\"status\": \"ok\"}");
        Map<String, String> environment = Map.of("FLOW_API_KEY", StubServer.API_KEY, "FLOW_BASE_URL", server.url());

        FlowClient.fromEnv(environment).health().getReadiness();

        assertThat(server.received()).hasSize(1);
        assertThatThrownBy(() -> FlowClient.fromEnv(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("FLOW_API_KEY is not set");
    }

    @Test
    void waits_until_a_post_is_settled() {
        server.then(200, Samples.post("publishing"))
                .then(200, Samples.post("on_hold"))
                .then(200, Samples.post("publishing"))
                .then(200, Samples.post("published"));

        Post post = server.client().awaitSettled(Samples.ID, ofSeconds(30));

        assertThat(post.status()).isEqualTo(PostStatus.PUBLISHED);
        assertThat(server.timing().pauses()).containsExactly(ofMillis(100), ofMillis(200), ofMillis(400));
    }

    @Test
    void stops_waiting_at_the_end_of_the_time() {
        for (int i = 0; i < 4; i++) {
            server.then(200, Samples.post("scheduled"));
        }

        assertThatThrownBy(() -> server.client().awaitSettled(Samples.ID, ofMillis(500)))
                .isInstanceOfSatisfying(
                        PostNotSettledException.class,
                        late -> assertThat(late.post().status()).isEqualTo(PostStatus.SCHEDULED))
                .hasMessage("post " + Samples.ID + " is still scheduled after PT0.5S");

        assertThat(server.timing().pauses()).containsExactly(ofMillis(100), ofMillis(200), ofMillis(200));
    }
}
