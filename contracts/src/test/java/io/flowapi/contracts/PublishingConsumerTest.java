package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.field;
import static io.flowapi.contracts.Bodies.post;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ConflictException;
import io.flowapi.client.ValidationException;
import io.flowapi.client.model.Attempt;
import io.flowapi.client.model.AttemptOutcome;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.ResolveTargetRequest;
import io.flowapi.client.model.ResolvedOutcome;
import org.junit.jupiter.api.Test;

/** What is done with posts. */
class PublishingConsumerTest {

    private static final String POST = "/v1/posts/${postId}";
    private static final String RESOLVE = POST + "/targets/${targetId}/resolve";

    private static final ResolveTargetRequest FAILED =
            ResolveTargetRequest.builder().outcome(ResolvedOutcome.FAILED).build();

    @Test
    void publishes_a_draft() {
        given("a draft")
                .post("publishPost", POST + "/publish")
                .answers(200, post("publishing"))
                .to(flow -> assertThat(flow.posts().publishPost(ID).status()).isEqualTo(PostStatus.PUBLISHING));
    }

    @Test
    void is_told_that_a_post_is_published_already() {
        given("a published post")
                .post("publishPost that is published", POST + "/publish")
                .refuses(409, ProblemCode.POST_NOT_PUBLISHABLE)
                .to(ConflictException.class, flow -> flow.posts().publishPost(ID));
    }

    @Test
    void cancels_a_scheduled_post() {
        given("a scheduled post")
                .post("cancelPost", POST + "/cancel")
                .answers(200, post("cancelled"))
                .to(flow -> assertThat(flow.posts().cancelPost(ID).status()).isEqualTo(PostStatus.CANCELLED));
    }

    @Test
    void is_told_that_a_published_post_cannot_be_cancelled() {
        given("a published post")
                .post("cancelPost that is published", POST + "/cancel")
                .refuses(409, ProblemCode.POST_NOT_CANCELLABLE)
                .to(ConflictException.class, flow -> flow.posts().cancelPost(ID));
    }

    @Test
    void tries_a_failed_post_again() {
        given("a failed post")
                .post("retryPost", POST + "/retry")
                .answers(200, post("publishing"))
                .to(flow -> assertThat(flow.posts().retryPost(ID).status()).isEqualTo(PostStatus.PUBLISHING));
    }

    @Test
    void is_told_that_nothing_has_failed() {
        given("a published post")
                .post("retryPost that is published", POST + "/retry")
                .refuses(409, ProblemCode.POST_NOT_RETRYABLE)
                .to(ConflictException.class, flow -> flow.posts().retryPost(ID));
    }

    @Test
    void lists_the_attempts_to_send_a_post() {
        given("a published post")
                .get("listPostAttempts", POST + "/attempts")
                .answers(200, Bodies.page(attempt -> {
                    attempt.uuid("id", ID);
                    attempt.uuid("targetId", ID);
                    attempt.integerType("number", 1);
                    attempt.stringValue("outcome", "published");
                    Bodies.time(attempt, "startedAt");
                    Bodies.time(attempt, "endedAt");
                }))
                .to(flow -> assertThat(flow.posts().listPostAttempts(ID).data())
                        .extracting(Attempt::outcome)
                        .containsExactly(AttemptOutcome.PUBLISHED));
    }

    @Test
    void settles_what_the_network_does_not_tell() {
        resolve("a post whose outcome is unknown", "resolveTarget")
                .answers(200, post("failed"))
                .to(flow -> assertThat(
                                flow.posts().resolveTarget(ID, ID, FAILED).status())
                        .isEqualTo(PostStatus.FAILED));
    }

    @Test
    void is_told_that_nothing_is_to_settle() {
        resolve("a published post", "resolveTarget that is published")
                .refuses(409, ProblemCode.TARGET_NOT_UNKNOWN)
                .to(ConflictException.class, flow -> flow.posts().resolveTarget(ID, ID, FAILED));
    }

    private static Interaction resolve(String state, String what) {
        return given(state).post(what, RESOLVE).body(body -> body.stringValue("outcome", "failed"));
    }

    @Test
    void is_told_which_post_of_the_network_it_must_name() {
        ResolveTargetRequest published = ResolveTargetRequest.builder()
                .outcome(ResolvedOutcome.PUBLISHED)
                .build();

        given("a post whose outcome is unknown")
                .post("resolveTarget as published without saying which", RESOLVE)
                .body(body -> body.stringValue("outcome", "published"))
                .refuses(422, ProblemCode.VALIDATION_FAILED, field("#/providerPostId", "required"))
                .to(ValidationException.class, flow -> flow.posts().resolveTarget(ID, ID, published));
    }
}
