package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostDeletion;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RawResponseTest {

    @AutoClose
    private final StubServer server = new StubServer();

    @Test
    void has_status_and_headers_beside_the_value() {
        server.then(
                201,
                Samples.post("publishing"),
                "ETag",
                "\"3\"",
                "Location",
                "/v1/posts/1",
                "X-Request-Id",
                "req_1",
                "Idempotent-Replayed",
                "true");

        FlowResponse<Post> created = server.client().posts().withRawResponse().createPost(Samples.HELLO);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.value().id()).isEqualTo(Samples.ID);
        assertThat(created.etag()).contains("\"3\"");
        assertThat(created.requestId()).contains("req_1");
        assertThat(created.header("location")).contains("/v1/posts/1");
        assertThat(created.header("Idempotent-Replayed")).contains("true");
        assertThat(created.header("Retry-After")).isEmpty();
    }

    @Test
    void has_a_value_only_where_there_is_one() {
        server.then(204, "").then(204, "");
        FlowClient flow = server.client();

        FlowResponse<Void> channel = flow.channels().withRawResponse().deleteChannel(Samples.ID);
        FlowResponse<Optional<PostDeletion>> post =
                flow.posts().withRawResponse().deletePost(Samples.ID);

        assertThat(channel.status()).isEqualTo(204);
        assertThat(channel.value()).isNull();
        assertThat(post.value()).isEmpty();
    }

    @Test
    void throws_and_repeats_as_every_call_does() {
        server.thenBreak().then(404, Samples.problem(404, "not_found", false));

        assertThatThrownBy(() -> server.client().posts().withRawResponse().getPost(Samples.ID))
                .isInstanceOf(NotFoundException.class);
        assertThat(server.received()).hasSize(2);
    }
}
