package io.flowapi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.dsl.PactDslJsonRootValue;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithPath;
import au.com.dius.pact.consumer.dsl.PactDslResponse;
import au.com.dius.pact.consumer.junit5.PactConsumerTestExt;
import au.com.dius.pact.consumer.junit5.PactTestFor;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import au.com.dius.pact.core.model.annotations.Pact;
import io.flowapi.client.FlowApiException;
import io.flowapi.client.FlowClient;
import io.flowapi.client.PostsApi.ListPostsQuery;
import io.flowapi.client.model.CallerIdentity;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.Mode;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostPage;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PactConsumerTestExt.class)
@PactTestFor(providerName = "flow-api", pactVersion = PactSpecVersion.V4)
class JavaClientConsumerTest {

    /** How many this class writes down. */
    static final int INTERACTIONS = 8;

    private static final String CONSUMER = "flow-client-java";
    private static final String KEY = "flow_test_4fJ8sK2mQx_0123456789012345678901234567890123456789012345678";
    private static final UUID ID = UUID.fromString("0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a04");
    private static final String JSON = "application/json";
    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");
    /** Pact's own datetime matcher writes examples that are no date-times. */
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})";

    @Pact(consumer = CONSUMER)
    V4Pact createPost(PactBuilder pact) {
        PactDslRequestWithPath request = pact.usingLegacyDsl()
                .given("a sandbox channel")
                .uponReceiving("createPost, to be published now")
                .method("POST")
                .path("/v1/posts")
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .matchHeader("Idempotency-Key", "[A-Za-z0-9_.:-]{1,255}", "8e03978e-40d5-43dd-bc93-6894a57f9324")
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(LambdaDsl.newJsonBody(body -> {
                            body.stringType("content", "Hello from Flow");
                            body.array(
                                    "targets",
                                    targets -> targets.object(target ->
                                            target.valueFromProviderState("channelId", "${channelId}", ID.toString())));
                            body.booleanValue("publishNow", true);
                        })
                        .build());
        return created(request)
                .body(LambdaDsl.newJsonBody(body -> post(body, "publishing")).build())
                .toPact(V4Pact.class);
    }

    private static PactDslResponse created(PactDslRequestWithPath request) {
        return request.willRespondWith()
                .status(201)
                .matchHeader("Location", "/v1/posts/.+", "/v1/posts/" + ID)
                .matchHeader("Content-Type", "application/json.*", JSON);
    }

    private static void post(LambdaDslObject body, String status) {
        body.uuid("id", ID);
        body.stringType("content", "Hello from Flow");
        body.stringValue("status", status);
        body.stringMatcher("createdAt", TIME, "2026-11-23T09:30:00Z");
        body.stringMatcher("updatedAt", TIME, "2026-11-23T09:30:00Z");
        body.integerType("version", 1);
        body.object("metadata", metadata -> {});
        body.minArrayLike("targets", 1, target -> {
            target.uuid("id", ID);
            target.uuid("channelId", ID);
            target.stringValue("provider", "sandbox");
            target.stringType("status", "pending");
            target.integerType("attempts", 0);
        });
    }

    @Test
    @PactTestFor(pactMethod = "createPost")
    void creates_a_post(MockServer server) {
        Post post = client(server)
                .posts()
                .createPost(CreatePostRequest.builder()
                        .content("Hello from Flow")
                        .addTargets(CreateTarget.builder().channelId(ID).build())
                        .publishNow(true)
                        .build());

        assertThat(post.status()).isEqualTo(PostStatus.PUBLISHING);
    }

    @Pact(consumer = CONSUMER)
    V4Pact getPost(PactBuilder pact) {
        return pact.usingLegacyDsl()
                .given("a published post")
                .uponReceiving("getPost")
                .method("GET")
                .pathFromProviderState("/v1/posts/${postId}", "/v1/posts/" + ID)
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .willRespondWith()
                .status(200)
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(LambdaDsl.newJsonBody(body -> post(body, "published")).build())
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "getPost")
    void reads_what_became_of_a_post(MockServer server) {
        assertThat(client(server).posts().getPost(ID).status()).isEqualTo(PostStatus.PUBLISHED);
    }

    @Pact(consumer = CONSUMER)
    V4Pact unknownPost(PactBuilder pact) {
        return pact.usingLegacyDsl()
                .given("no posts")
                .uponReceiving("getPost for an unknown id")
                .method("GET")
                .path("/v1/posts/" + ID)
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .willRespondWith()
                .status(404)
                .headers(PROBLEM)
                .body(LambdaDsl.newJsonBody(body -> problem(body, 404, "not_found"))
                        .build())
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "unknownPost")
    void is_told_that_a_post_does_not_exist(MockServer server) {
        FlowClient flow = client(server);

        assertThatThrownBy(() -> flow.posts().getPost(ID))
                .isInstanceOfSatisfying(
                        FlowApiException.NotFound.class,
                        refused -> assertThat(refused.code()).contains(ProblemCode.NOT_FOUND));
    }

    private static void problem(LambdaDslObject body, int status, String code) {
        body.stringValue("code", code);
        body.numberValue("status", status);
        body.stringType("title", "Refused");
        body.stringType("requestId", "0f3c");
        body.booleanValue("retryable", false);
    }

    @Pact(consumer = CONSUMER)
    V4Pact missingContent(PactBuilder pact) {
        return pact.usingLegacyDsl()
                .given("a sandbox channel")
                .uponReceiving("createPost without content")
                .method("POST")
                .path("/v1/posts")
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(LambdaDsl.newJsonBody(body -> body.array(
                                "targets",
                                targets -> targets.object(target ->
                                        target.valueFromProviderState("channelId", "${channelId}", ID.toString()))))
                        .build())
                .willRespondWith()
                .status(422)
                .headers(PROBLEM)
                .body(LambdaDsl.newJsonBody(body -> {
                            problem(body, 422, "validation_failed");
                            body.array(
                                    "errors",
                                    errors -> errors.object(error -> {
                                        error.stringValue("pointer", "#/content");
                                        error.stringValue("code", "required");
                                        error.stringType("detail", "required property 'content' not found");
                                    }));
                        })
                        .build())
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "missingContent")
    void is_told_which_field_is_missing(MockServer server) {
        FlowClient flow = client(server);
        CreatePostRequest withoutContent = new CreatePostRequest(
                null, List.of(CreateTarget.builder().channelId(ID).build()), null, null, null, null);

        assertThatThrownBy(() -> flow.posts().createPost(withoutContent))
                .isInstanceOfSatisfying(
                        FlowApiException.Validation.class,
                        refused -> assertThat(refused.fieldErrors())
                                .extracting(FieldError::pointer, FieldError::code)
                                .containsExactly(tuple("#/content", "required")));
    }

    @Pact(consumer = CONSUMER)
    V4Pact unknownKey(PactBuilder pact) {
        return get(pact, "an API key that nobody was given", "getCaller with an unknown key", "/v1/me")
                .status(401)
                .headers(PROBLEM)
                .body(LambdaDsl.newJsonBody(body -> problem(body, 401, "invalid_api_key"))
                        .build())
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "unknownKey")
    void is_told_that_its_key_is_unknown(MockServer server) {
        FlowClient flow = client(server);

        assertThatThrownBy(() -> flow.caller().getCaller())
                .isInstanceOfSatisfying(
                        FlowApiException.Authentication.class,
                        refused -> assertThat(refused.code()).contains(ProblemCode.INVALID_API_KEY));
    }

    @Pact(consumer = CONSUMER)
    V4Pact getCaller(PactBuilder pact) {
        return get(pact, "an API key", "getCaller", "/v1/me")
                .status(200)
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(LambdaDsl.newJsonBody(body -> {
                            body.object("user", user -> {
                                user.uuid("id", ID);
                                user.stringType("name", "alice");
                            });
                            body.object("apiKey", key -> {
                                key.uuid("id", ID);
                                key.stringType("name", "production");
                                key.stringMatcher("prefix", "flow_test_.+", "flow_test_4fJ8sK2mQx");
                                key.stringValue("mode", "test");
                                key.minArrayLike("scopes", 1, PactDslJsonRootValue.stringType("posts:read"), 1);
                                key.stringMatcher("createdAt", TIME, "2026-11-23T09:30:00Z");
                            });
                        })
                        .build())
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "getCaller")
    void reads_who_it_is(MockServer server) {
        CallerIdentity caller = client(server).caller().getCaller();

        assertThat(caller.apiKey().mode()).isEqualTo(Mode.TEST);
        assertThat(caller.apiKey().scopes()).contains(Scope.POSTS_READ);
    }

    @Pact(consumer = CONSUMER)
    V4Pact listChannels(PactBuilder pact) {
        return get(pact, "a sandbox channel", "listChannels", "/v1/channels")
                .status(200)
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(page(channel -> {
                    channel.uuid("id", ID);
                    channel.stringType("name", "Sandbox");
                    channel.stringValue("provider", "sandbox");
                    channel.stringValue("status", "connected");
                    channel.stringMatcher("createdAt", TIME, "2026-11-23T09:30:00Z");
                    channel.stringMatcher("updatedAt", TIME, "2026-11-23T09:30:00Z");
                    channel.integerType("version", 1);
                }))
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "listChannels")
    void lists_its_channels(MockServer server) {
        assertThat(client(server).channels().listChannels().data())
                .extracting(Channel::provider)
                .containsExactly(Provider.SANDBOX);
    }

    @Pact(consumer = CONSUMER)
    V4Pact listPosts(PactBuilder pact) {
        return pact.usingLegacyDsl()
                .given("a published post")
                .uponReceiving("listPosts that are published")
                .method("GET")
                .path("/v1/posts")
                .query("status=published&limit=10")
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .willRespondWith()
                .status(200)
                .matchHeader("Content-Type", "application/json.*", JSON)
                .body(page(post -> post(post, "published")))
                .toPact(V4Pact.class);
    }

    @Test
    @PactTestFor(pactMethod = "listPosts")
    void lists_what_is_published(MockServer server) {
        PostPage page = client(server)
                .posts()
                .listPosts(ListPostsQuery.builder()
                        .status(PostStatus.PUBLISHED)
                        .limit(10)
                        .build());

        assertThat(page.data()).extracting(Post::status).containsExactly(PostStatus.PUBLISHED);
    }

    private static PactDslResponse get(PactBuilder pact, String given, String operation, String path) {
        return pact.usingLegacyDsl()
                .given(given)
                .uponReceiving(operation)
                .method("GET")
                .path(path)
                .matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY)
                .willRespondWith();
    }

    /** The first page, and no other. */
    private static DslPart page(Consumer<LambdaDslObject> one) {
        return LambdaDsl.newJsonBody(body -> {
                    body.minArrayLike("data", 1, one);
                    body.booleanType("hasMore", false);
                })
                .build();
    }

    private static FlowClient client(MockServer server) {
        return FlowClient.builder()
                .baseUrl(server.getUrl())
                .apiKey(KEY)
                .maxRetries(0)
                .build();
    }
}
