package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.StubServer.Received;
import io.flowapi.client.model.UpdatePostRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout and the idempotency key of a call are in {@link RetriesTest}. */
class RequestOptionsTest {

    private static final UpdatePostRequest CHANGE =
            UpdatePostRequest.builder().content("New").build();

    @AutoClose
    private final StubServer server = new StubServer();

    private Received request() {
        return server.received().getLast();
    }

    @Test
    void changes_only_the_version_that_was_seen() {
        server.then(200, Samples.post("draft"));
        RequestOptions unchanged = RequestOptions.builder().ifMatch(3).build();

        server.client().posts().updatePost(Samples.ID, CHANGE, unchanged);

        assertThat(request().header("If-match")).isEqualTo("\"3\"");
    }

    @Test
    void gives_back_the_etag_of_a_raw_response() {
        server.then(200, Samples.post("draft"), "ETag", "\"7\"").then(204, "");
        FlowClient flow = server.client();

        String etag = flow.posts().withRawResponse().getPost(Samples.ID).etag().orElseThrow();
        flow.posts()
                .deletePost(Samples.ID, RequestOptions.builder().ifMatch(etag).build());

        assertThat(request().header("If-match")).isEqualTo("\"7\"");
    }

    @Test
    void refuses_a_condition_that_the_operation_would_not_look_at() {
        RequestOptions unchanged = RequestOptions.builder().ifMatch(3).build();

        assertThatThrownBy(() -> server.client().posts().createPost(Samples.HELLO, unchanged))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("POST /v1/posts takes no If-Match");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void sends_a_header_of_the_application() {
        server.then(200, Samples.post("draft"));
        RequestOptions traced =
                RequestOptions.builder().header("traceparent", "00-1-2-01").build();

        server.client().posts().getPost(Samples.ID, traced);

        assertThat(request().header("Traceparent")).isEqualTo("00-1-2-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "Idempotency-Key", "User-Agent", "Accept", "content-type"})
    void refuses_a_header_that_the_client_sets_itself(String name) {
        RequestOptions options = RequestOptions.builder().header(name, "mine").build();

        assertThatThrownBy(() -> server.client().posts().createPost(Samples.HELLO, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the client itself sets the header " + name);
    }
}
