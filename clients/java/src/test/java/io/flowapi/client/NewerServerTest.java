package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.Target;
import io.flowapi.client.model.TargetStatus;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client must go on working when only the server is replaced, by a newer or an older one. */
class NewerServerTest {

    @AutoClose
    private final StubServer server = new StubServer();

    @Test
    void ignores_a_field_it_does_not_know() {
        server.then(
                200, Samples.post("published").replace("\"version\"", "\"mood\": {\"is\": [\"good\"]}, \"version\""));

        Post post = server.client().posts().getPost(Samples.ID);

        assertThat(post.version()).isEqualTo(3);
    }

    @Test
    void keeps_a_word_it_does_not_know() throws Exception {
        server.then(200, Samples.post("on_hold"));

        Post post = server.client().posts().getPost(Samples.ID);

        assertThat(post.status()).isEqualTo(PostStatus.of("on_hold"));
        assertThat(post.status().isKnown()).isFalse();
        String again = Json.text(Json.bytes(post));
        assertThat(again).contains("\"status\":\"on_hold\"");
        assertThat(Json.read(again, Post.class)).isEqualTo(post);
    }

    @Test
    void keeps_a_word_it_does_not_know_inside_an_object() throws Exception {
        Target target = Json.read("""
                {"id": "%1$s", "channelId": "%1$s", "provider": "semaphore", "status": "waving", "attempts": 1}
                """.formatted(Samples.ID), Target.class);

        assertThat(target.provider()).isEqualTo(Provider.of("semaphore"));
        assertThat(target.status()).isNotIn(TargetStatus.PUBLISHED, TargetStatus.UNKNOWN);
    }

    @Test
    void accepts_that_an_older_server_knows_less() {
        server.then(200, "{\"id\": \"%s\"}".formatted(Samples.ID));

        Post post = server.client().posts().getPost(Samples.ID);

        assertThat(post.targets()).isEmpty();
        assertThat(post.metadata()).isEmpty();
        assertThat(post.scheduledAt()).isNull();
    }
}
