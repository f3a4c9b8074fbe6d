package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.field;
import static io.flowapi.contracts.Bodies.post;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.flowapi.client.ConflictException;
import io.flowapi.client.NotFoundException;
import io.flowapi.client.PermissionDeniedException;
import io.flowapi.client.PostsApi.ListPostsQuery;
import io.flowapi.client.PreconditionFailedException;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.ValidationException;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.PostValidation;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.TargetOptions;
import io.flowapi.client.model.UpdatePostRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What posts are; what happens to them is in {@link PublishingConsumerTest} and {@link DeletePostConsumerTest}. */
class PostsConsumerTest {

    private static final String POSTS = "/v1/posts";
    private static final String ONE = POSTS + "/${postId}";

    private static final CreateTarget TARGET =
            CreateTarget.builder().channelId(ID).build();
    private static final CreatePostRequest DRAFT = CreatePostRequest.builder()
            .content("Hello from Flow")
            .addTargets(TARGET)
            .build();
    private static final UpdatePostRequest NEW_CONTENT =
            UpdatePostRequest.builder().content("Hello again").build();

    @Test
    void publishes_at_once() {
        CreatePostRequest now = CreatePostRequest.builder()
                .content("Hello from Flow")
                .addTargets(TARGET)
                .publishNow(true)
                .build();

        given("a sandbox channel")
                .post("createPost, to be published now", POSTS)
                .body(body -> {
                    draft(body);
                    body.booleanValue("publishNow", true);
                })
                .answers(201, post("publishing"))
                .to(flow -> assertThat(flow.posts().createPost(now).status()).isEqualTo(PostStatus.PUBLISHING));
    }

    @Test
    void keeps_a_draft() {
        given("a sandbox channel")
                .post("createPost, a draft", POSTS)
                .body(PostsConsumerTest::draft)
                .answers(201, post("draft"))
                .to(flow -> assertThat(flow.posts().createPost(DRAFT).status()).isEqualTo(PostStatus.DRAFT));
    }

    @Test
    void looks_at_what_would_be_sent() {
        given("a sandbox channel")
                .post("validatePost", POSTS + "/validate")
                .body(PostsConsumerTest::draft)
                .answers(200, validation -> {
                    validation.booleanValue("valid", true);
                    validation.array("violations", violations -> {});
                    validation.array("warnings", warnings -> {});
                    validation.minArrayLike("targets", 1, PostsConsumerTest::sandboxRequest);
                })
                .to(flow -> assertThat(flow.posts().validatePost(DRAFT).targets())
                        .extracting(target -> target.request().body())
                        .containsExactly("Hello from Flow"));
    }

    private static void sandboxRequest(LambdaDslObject target) {
        target.uuid("channelId", ID);
        target.stringValue("provider", "sandbox");
        target.array("violations", violations -> {});
        target.array("warnings", warnings -> {});
        target.object("request", request -> {
            request.stringType("method", "POST");
            request.stringMatcher("url", "sandbox:.+", "sandbox:" + ID);
            request.object("headers", headers -> headers.stringType("Content-Type", "text/plain; charset=utf-8"));
            request.stringType("body", "Hello from Flow");
            request.array("chosenWhenSent", chosen -> {});
        });
    }

    @Test
    void is_told_what_speaks_against_a_target() {
        given("a sandbox channel")
                .post("validatePost with an option of another network", POSTS + "/validate")
                .body(body -> {
                    body.stringType("content", "Hello from Flow");
                    body.array(
                            "targets",
                            targets -> targets.object(target -> {
                                target.valueFromProviderState("channelId", "${channelId}", ID.toString());
                                target.object("options", options -> options.booleanValue("sensitive", true));
                            }));
                })
                .answers(200, validation -> {
                    validation.booleanValue("valid", false);
                    validation.array("violations", violations -> {});
                    validation.array("warnings", warnings -> {});
                    validation.minArrayLike("targets", 1, target -> {
                        target.uuid("channelId", ID);
                        target.minArrayLike("violations", 1, one -> {
                            one.stringValue("pointer", "#/targets/0/options/sensitive");
                            one.stringValue("code", "unknown_option");
                            one.stringType("detail", "sandbox has no option sensitive.");
                        });
                        target.array("warnings", warnings -> {});
                    });
                })
                .to(flow -> {
                    TargetOptions sensitive =
                            TargetOptions.builder().sensitive(true).build();
                    PostValidation validation = flow.posts()
                            .validatePost(CreatePostRequest.builder()
                                    .content("Hello from Flow")
                                    .addTargets(CreateTarget.builder()
                                            .channelId(ID)
                                            .options(sensitive)
                                            .build())
                                    .build());
                    assertThat(validation.valid()).isFalse();
                    assertThat(validation.targets().getFirst().violations()).hasSize(1);
                });
    }

    private static void draft(LambdaDslObject body) {
        body.stringType("content", "Hello from Flow");
        targets(body);
    }

    private static void targets(LambdaDslObject body) {
        body.array(
                "targets",
                targets -> targets.object(
                        target -> target.valueFromProviderState("channelId", "${channelId}", ID.toString())));
    }

    @Test
    void is_told_which_field_is_missing() {
        CreatePostRequest withoutContent = new CreatePostRequest(null, List.of(TARGET), null, null, null, null, null);

        given("a sandbox channel")
                .post("createPost without content", POSTS)
                .body(PostsConsumerTest::targets)
                .refuses(422, ProblemCode.VALIDATION_FAILED, field("#/content", "required"))
                .to(ValidationException.class, flow -> flow.posts().createPost(withoutContent));
    }

    @Test
    void is_told_that_an_idempotency_key_stands_for_another_request() {
        RequestOptions used =
                RequestOptions.builder().idempotencyKey(ID.toString()).build();

        given("an idempotency key that was used")
                .postAgain("createPost with the idempotency key of another", POSTS)
                .body(PostsConsumerTest::draft)
                .refuses(422, ProblemCode.IDEMPOTENCY_KEY_REUSED)
                .to(ValidationException.class, flow -> flow.posts().createPost(DRAFT, used));
    }

    @Test
    void is_told_that_its_key_lacks_the_scope() {
        given("an API key that may only create keys")
                .post("createPost without the scope", POSTS)
                .body(body -> {
                    body.stringType("content", "Hello from Flow");
                    body.array("targets", targets -> targets.object(target -> target.uuid("channelId", ID)));
                })
                .refuses(403, ProblemCode.INSUFFICIENT_SCOPE)
                .to(PermissionDeniedException.class, flow -> flow.posts().createPost(DRAFT));
    }

    @Test
    void reads_what_became_of_a_post() {
        given("a published post")
                .get("getPost", ONE)
                .answers(200, post("published"))
                .to(flow -> assertThat(flow.posts().getPost(ID).status()).isEqualTo(PostStatus.PUBLISHED));
    }

    @Test
    void reads_why_a_post_failed() {
        given("a failed post")
                .get("getPost that failed", ONE)
                .answers(
                        200,
                        post(
                                "failed",
                                target -> target.object("error", error -> {
                                    error.stringValue("category", "provider_rejected");
                                    error.stringValue("code", "rejected");
                                    error.stringType("message", "The network refused the content.");
                                    error.stringType("remediation", "Change the content.");
                                    error.booleanValue("retryable", false);
                                })))
                .to(flow -> assertThat(flow.posts().getPost(ID).targets())
                        .allSatisfy(target ->
                                assertThat(target.error().remediation()).isEqualTo("Change the content.")));
    }

    @Test
    void is_told_that_a_post_does_not_exist() {
        given("nothing with this id")
                .get("getPost for an unknown id", POSTS + "/" + ID)
                .refuses(404, ProblemCode.NOT_FOUND)
                .to(NotFoundException.class, flow -> flow.posts().getPost(ID));
    }

    @Test
    void lists_what_is_published() {
        ListPostsQuery published =
                ListPostsQuery.builder().status(PostStatus.PUBLISHED).limit(10).build();

        given("a published post")
                .get("listPosts that are published", POSTS)
                .query("status=published&limit=10")
                .answers(200, Bodies.page(post -> post("published").accept(post)))
                .to(flow -> assertThat(flow.posts().listPosts(published).data())
                        .extracting(Post::status)
                        .containsExactly(PostStatus.PUBLISHED));
    }

    @Test
    void changes_a_post() {
        update("a scheduled post", "updatePost")
                .answers(200, post("scheduled"))
                .to(flow -> assertThat(flow.posts().updatePost(ID, NEW_CONTENT).status())
                        .isEqualTo(PostStatus.SCHEDULED));
    }

    @Test
    void is_told_that_a_published_post_cannot_be_changed() {
        update("a published post", "updatePost that is published")
                .refuses(409, ProblemCode.POST_NOT_EDITABLE)
                .to(ConflictException.class, flow -> flow.posts().updatePost(ID, NEW_CONTENT));
    }

    @Test
    void is_told_that_somebody_else_has_changed_a_post() {
        RequestOptions seen = RequestOptions.builder().ifMatch(100).build();

        update("a scheduled post", "updatePost of another version")
                .ifMatch(100)
                .refuses(412, ProblemCode.PRECONDITION_FAILED)
                .to(PreconditionFailedException.class, flow -> flow.posts().updatePost(ID, NEW_CONTENT, seen));
    }

    private static Interaction update(String state, String what) {
        return given(state).patch(what, ONE).body(body -> body.stringType("content", "Hello again"));
    }
}
