package io.flowapi.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.StubServer.Received;
import io.flowapi.client.model.UpdateChannelRequest;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

    private static final String OVERLOADED = Samples.problem(503, "overloaded", true);

    @AutoClose
    private final StubServer server = new StubServer();

    @Test
    void repeats_a_call_with_the_same_idempotency_key_and_body() {
        server.then(503, OVERLOADED).thenBreak().then(201, Samples.post("publishing"));

        server.client().posts().createPost(Samples.HELLO);

        assertThat(server.received()).hasSize(3);
        assertThat(server.received())
                .extracting(request -> request.header("Idempotency-key"))
                .doesNotContain("")
                .containsOnly(server.received().getFirst().header("Idempotency-key"));
        assertThat(server.received())
                .extracting(Received::body)
                .containsOnly(server.received().getFirst().body());
    }

    @Test
    void makes_a_key_for_each_call() {
        server.then(201, Samples.post("draft")).then(201, Samples.post("draft"));
        FlowClient flow = server.client();

        flow.posts().createPost(Samples.HELLO);
        flow.posts().createPost(Samples.HELLO);

        assertThat(server.received())
                .extracting(request -> request.header("Idempotency-key"))
                .doesNotHaveDuplicates();
    }

    @Test
    void sends_the_key_of_the_application() {
        server.then(503, OVERLOADED).then(200, Samples.post("cancelled"));

        server.client()
                .posts()
                .cancelPost(
                        Samples.ID,
                        RequestOptions.builder().idempotencyKey("order-7").build());

        assertThat(server.received())
                .extracting(request -> request.header("Idempotency-key"))
                .containsExactly("order-7", "order-7");
    }

    @Test
    void refuses_a_key_where_the_operation_takes_none() {
        RequestOptions options =
                RequestOptions.builder().idempotencyKey("order-7").build();

        assertThatThrownBy(() -> server.client().posts().getPost(Samples.ID, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("takes no idempotency key");
    }

    @Test
    void waits_longer_each_time_up_to_eight_seconds() {
        for (int i = 0; i < 7; i++) {
            server.then(500, Samples.problem(500, "internal_error", true));
        }

        assertThatThrownBy(() -> server.builder().maxRetries(6).build().posts().getPost(Samples.ID))
                .isInstanceOf(ServerException.class);

        assertThat(server.timing().pauses())
                .containsExactly(ofMillis(500), ofSeconds(1), ofSeconds(2), ofSeconds(4), ofSeconds(8), ofSeconds(8));
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "'Mon, 23 Nov 2026 09:30:09 GMT', PT9S",
        "'Mon, 23 Nov 2026 09:00:00 GMT', PT0S",
        "61, PT1M1S"
    })
    void obeys_retry_after(String value, Duration pause) {
        server.then(429, "", "Retry-After", value).then(200, Samples.post("draft"));

        server.client().posts().getPost(Samples.ID);

        assertThat(server.timing().pauses()).containsExactly(pause);
    }

    @Test
    void repeats_a_creation_over_the_limit_when_the_server_lets_it_and_with_the_same_key() {
        server.then(429, Samples.problem(429, "rate_limited", true), "Retry-After", "17")
                .then(201, Samples.post("draft"));

        server.client().posts().createPost(Samples.HELLO);

        assertThat(server.timing().pauses()).containsExactly(ofSeconds(17));
        assertThat(server.received())
                .extracting(request -> request.header("Idempotency-key"))
                .containsOnly(server.received().getFirst().header("Idempotency-key"));
    }

    @Test
    void ignores_a_retry_after_it_cannot_read() {
        server.then(503, OVERLOADED, "Retry-After", "soon").then(200, Samples.post("draft"));

        server.client().posts().getPost(Samples.ID);

        assertThat(server.timing().pauses()).containsExactly(ofMillis(500));
    }

    @Test
    void does_not_wait_longer_than_a_rate_limit_asks_for() {
        server.then(429, "", "Retry-After", "62");

        assertThatThrownBy(() -> server.client().posts().getPost(Samples.ID))
                .isInstanceOfSatisfying(
                        RateLimitException.class,
                        limited -> assertThat(limited.retryAfter()).contains(ofSeconds(62)));

        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 422})
    void does_not_repeat_a_refused_request(int status) {
        server.then(status, Samples.problem(status, "any", false));

        assertThatThrownBy(() -> server.client().posts().createPost(Samples.HELLO))
                .isInstanceOf(FlowApiException.class);

        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504})
    void repeats_what_can_succeed_later(int status) {
        server.then(status, Samples.problem(status, "any", true)).then(201, Samples.post("draft"));

        server.client().posts().createPost(Samples.HELLO);

        assertThat(server.received()).hasSize(2);
    }

    @Test
    void believes_a_server_that_says_it_is_no_use() {
        server.then(503, Samples.problem(503, "any", false));

        assertThatThrownBy(() -> server.client().posts().getPost(Samples.ID)).isInstanceOf(ServerException.class);

        assertThat(server.received()).hasSize(1);
    }

    @Test
    void repeats_a_merge_patch_and_a_delete() {
        server.thenBreak().then(200, Samples.channel()).thenBreak().then(204, "");
        FlowClient flow = server.client();

        flow.channels()
                .updateChannel(
                        Samples.ID, UpdateChannelRequest.builder().name("New").build());
        flow.channels().deleteChannel(Samples.ID);

        assertThat(server.received()).extracting(Received::method).contains("PATCH", "DELETE");
    }

    @Test
    void gives_up_on_a_server_that_does_not_answer() {
        server.thenHang().thenHangInTheBody();
        FlowClient flow = server.builder().timeout(ofMillis(200)).maxRetries(1).build();

        assertThatThrownBy(() -> flow.posts().createPost(Samples.HELLO))
                .isInstanceOf(FlowConnectionException.class)
                .hasMessage("POST /v1/posts was not answered within PT0.2S");

        assertThat(server.timing().pauses()).hasSize(1);
    }

    @Test
    void takes_the_timeout_of_the_call() {
        server.thenHang();
        FlowClient flow = server.builder().maxRetries(0).build();
        RequestOptions options = RequestOptions.builder().timeout(ofMillis(100)).build();

        assertThatThrownBy(() -> flow.posts().getPost(Samples.ID, options))
                .isInstanceOf(FlowConnectionException.class)
                .hasMessageEndingWith("PT0.1S");
    }

    @Test
    void reports_a_server_that_is_not_there() {
        server.close();

        assertThatThrownBy(() -> server.client().posts().createPost(Samples.HELLO))
                .isInstanceOf(FlowConnectionException.class)
                .hasMessageStartingWith("POST /v1/posts got no answer");

        assertThat(server.timing().pauses()).hasSize(2);
    }

    @Test
    void ends_when_the_thread_is_interrupted() {
        server.thenHang();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> server.client().posts().getPost(Samples.ID))
                .isExactlyInstanceOf(FlowException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }
}
