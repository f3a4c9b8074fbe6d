package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.StubServer.Received;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.DeletionOutcome;
import io.flowapi.client.model.Health;
import io.flowapi.client.model.HealthStatus;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.TargetDeletion;
import io.flowapi.client.model.UpdateChannelRequest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final String DELETION = """
            {"postId": "%1$s", "targets": [
              {"targetId": "%1$s", "channelId": "%1$s", "provider": "bluesky", "outcome": "deleted"}]}
            """.formatted(Samples.ID);

    private static final String NO_POSTS = "{\"data\": [], \"hasMore\": false}";

    private static final String UNHEALTHY = """
            {"status": "unhealthy", "timestamp": 1795426200000, "version": "1.0.0", "checks":
             {"database": {"status": "error"}, "storage": {"status": "ok"}, "queue": {"status": "ok"}}}
            """;

    @AutoClose
    private final StubServer server = new StubServer();

    private Received request() {
        return server.received().getFirst();
    }

    @Test
    void says_who_is_calling_and_with_what() {
        server.then(201, Samples.post("publishing"));

        server.client().posts().createPost(Samples.HELLO);

        assertThat(request().method()).isEqualTo("POST");
        assertThat(request().target()).isEqualTo("/v1/posts");
        assertThat(request().header("Authorization")).isEqualTo("Bearer " + StubServer.API_KEY);
        assertThat(request().header("User-agent"))
                .matches("flow-client-java/\\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+\\S*\\)");
        assertThat(request().header("Accept")).isEqualTo("application/json, application/problem+json");
        assertThat(request().header("Content-type")).isEqualTo("application/json");
        assertThat(request().headers()).doesNotContainKey("Upgrade");
    }

    @Test
    void leaves_out_what_is_not_set() {
        server.then(201, Samples.post("publishing"));

        server.client().posts().createPost(Samples.HELLO);

        assertThat(request().body())
                .isEqualTo("{\"content\":\"Hello from Flow\",\"targets\":[{\"channelId\":\"" + Samples.ID
                        + "\"}],\"publishNow\":true}");
    }

    @Test
    void writes_equal_requests_as_equal_bytes() {
        CreatePostRequest one = CreatePostRequest.builder()
                .content("x")
                .targets(Samples.HELLO.targets())
                .metadata(Map.of("a", "1"))
                .build();
        CreatePostRequest.Builder other =
                CreatePostRequest.builder().content("x").targets(Samples.HELLO.targets());

        assertThat(Json.bytes(other.putMetadata("b", "2").putMetadata("a", "1").build()))
                .asString()
                .endsWith("\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(Json.bytes(one)).asString().endsWith("\"metadata\":{\"a\":\"1\"}}");
    }

    @Test
    void narrows_a_list() {
        server.then(200, NO_POSTS);

        server.client()
                .posts()
                .listPosts(PostsApi.ListPostsQuery.builder()
                        .status(PostStatus.PUBLISHED)
                        .channelId(Samples.ID)
                        .externalId("a b&c=ü/+")
                        .from(Instant.parse("2026-11-23T09:30:00Z"))
                        .limit(50)
                        .build());

        assertThat(request().target())
                .isEqualTo("/v1/posts?status=published&channelId=" + Samples.ID
                        + "&externalId=a%20b%26c%3D%C3%BC%2F%2B&from=2026-11-23T09%3A30%3A00Z&limit=50");
    }

    @Test
    void asks_for_the_next_page_with_the_same_filters() {
        server.then(200, NO_POSTS);
        PostsApi.ListPostsQuery query =
                PostsApi.ListPostsQuery.builder().limit(2).build();

        server.client().posts().listPosts(query.toBuilder().cursor("next").build());

        assertThat(request().target()).isEqualTo("/v1/posts?limit=2&cursor=next");
    }

    @Test
    void sends_a_change_as_a_merge_patch() {
        server.then(200, Samples.channel());

        server.client()
                .channels()
                .updateChannel(
                        Samples.ID, UpdateChannelRequest.builder().name("New").build());

        assertThat(request().method()).isEqualTo("PATCH");
        assertThat(request().target()).isEqualTo("/v1/channels/" + Samples.ID);
        assertThat(request().header("Content-type")).isEqualTo("application/merge-patch+json");
        assertThat(request().headers()).doesNotContainKey("Idempotency-key");
    }

    @Test
    void keeps_the_path_of_the_base_url() {
        server.then(200, NO_POSTS);

        server.builder().baseUrl(server.url() + "/flow/").build().posts().listPosts();

        assertThat(request().target()).isEqualTo("/flow/v1/posts");
    }

    @Test
    void shows_the_api_key_only_to_operations_that_need_it() {
        server.then(200, "{\"status\": \"ok\"}");

        server.client().health().getLiveness();

        assertThat(request().headers()).doesNotContainKey("Authorization");
    }

    @Test
    void takes_bad_health_for_an_answer() {
        server.then(503, UNHEALTHY, "Content-Type", "application/json");

        Health health = server.client().health().getHealth();

        assertThat(health.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void tells_what_was_deleted_where_there_is_something_to_tell() {
        server.then(204, "").then(200, DELETION);
        PostsApi.DeletePostQuery fromProvider =
                PostsApi.DeletePostQuery.builder().fromProvider(true).build();

        assertThat(server.client().posts().deletePost(Samples.ID)).isEmpty();
        assertThat(server.client().posts().deletePost(Samples.ID, fromProvider))
                .hasValueSatisfying(report -> assertThat(report.targets())
                        .extracting(TargetDeletion::outcome)
                        .containsExactly(DeletionOutcome.DELETED));
    }
}
