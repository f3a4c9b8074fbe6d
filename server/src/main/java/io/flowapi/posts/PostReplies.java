package io.flowapi.posts;

import io.flowapi.api.PostsApi.CancelPostReply;
import io.flowapi.api.PostsApi.CreatePostReply;
import io.flowapi.api.PostsApi.PublishPostReply;
import io.flowapi.api.PostsApi.ResolveTargetReply;
import io.flowapi.api.PostsApi.RetryPostReply;
import io.flowapi.api.PostsApi.UpdatePostReply;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Refusal;
import java.util.List;
import java.util.Map;

/** What the document says to each thing that can come of a request about a post. */
final class PostReplies {

    private PostReplies() {}

    static CreatePostReply created(Change change) {
        return switch (change) {
            case Change.Done(Post post) ->
                new CreatePostReply.R201(post, "/v1/posts/" + post.id(), ETags.of(post.version()));
            case Change.Broken(List<FieldError> errors) -> new CreatePostReply.R422(Refusal.invalid(errors));
            case Change.Duplicate(List<FieldError> same) -> new CreatePostReply.R409(duplicate(same));
            case Change.NotFound _, Change.WrongStatus _, Change.Stale _ -> throw impossible(change);
        };
    }

    static UpdatePostReply updated(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new UpdatePostReply.R200(post, ETags.of(post.version()));
            case Change.Broken(List<FieldError> errors) -> new UpdatePostReply.R422(Refusal.invalid(errors));
            case Change.Duplicate(List<FieldError> same) -> new UpdatePostReply.R409(duplicate(same));
            case Change.NotFound _ -> new UpdatePostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new UpdatePostReply.R409(wrong(ProblemCode.POST_NOT_EDITABLE, status, "draft or scheduled"));
            case Change.Stale(Refusal refusal) -> new UpdatePostReply.R412(refusal);
        };
    }

    static PublishPostReply published(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new PublishPostReply.R200(post, ETags.of(post.version()));
            case Change.Broken(List<FieldError> errors) -> new PublishPostReply.R422(Refusal.invalid(errors));
            case Change.Duplicate(List<FieldError> same) -> new PublishPostReply.R409(duplicate(same));
            case Change.NotFound _ -> new PublishPostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new PublishPostReply.R409(wrong(ProblemCode.POST_NOT_PUBLISHABLE, status, "draft or scheduled"));
            case Change.Stale _ -> throw impossible(change);
        };
    }

    static CancelPostReply cancelled(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new CancelPostReply.R200(post, ETags.of(post.version()));
            case Change.NotFound _ -> new CancelPostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new CancelPostReply.R409(
                        wrong(ProblemCode.POST_NOT_CANCELLABLE, status, "one of which nothing was sent"));
            case Change.Broken _, Change.Duplicate _, Change.Stale _ -> throw impossible(change);
        };
    }

    static RetryPostReply retried(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new RetryPostReply.R200(post, ETags.of(post.version()));
            case Change.NotFound _ -> new RetryPostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new RetryPostReply.R409(
                        wrong(ProblemCode.POST_NOT_RETRYABLE, status, "one with a target that has failed"));
            case Change.Broken _, Change.Duplicate _, Change.Stale _ -> throw impossible(change);
        };
    }

    static ResolveTargetReply resolved(TargetResolutions.Result result) {
        return switch (result) {
            case TargetResolutions.Result.Done(Post post) ->
                new ResolveTargetReply.R200(post, ETags.of(post.version()));
            case TargetResolutions.Result.Broken(List<FieldError> errors) ->
                new ResolveTargetReply.R422(Refusal.invalid(errors));
            case TargetResolutions.Result.NotFound _ -> new ResolveTargetReply.R404(Refusal.notFound("target"));
            case TargetResolutions.Result.NotUnknown(TargetStatus status) ->
                new ResolveTargetReply.R409(Refusal.of(
                        ProblemCode.TARGET_NOT_UNKNOWN, "The target is " + status.value() + "; nothing is to settle."));
        };
    }

    static Refusal notFound() {
        return Refusal.notFound("post");
    }

    static Refusal notDeleted(List<FieldError> failures) {
        String targets = failures.size() == 1 ? "One target was" : failures.size() + " targets were";
        return new Refusal(
                ProblemCode.POST_NOT_DELETED,
                targets + " not deleted on the network; the post is kept.",
                failures,
                Map.of());
    }

    private static Refusal duplicate(List<FieldError> same) {
        return new Refusal(
                ProblemCode.DUPLICATE_CONTENT,
                same.getFirst().detail() + " Send allowDuplicate if both are meant.",
                same,
                Map.of());
    }

    private static Refusal wrong(ProblemCode code, PostStatus status, String needed) {
        return Refusal.of(code, "The post is " + status.value() + "; it must be " + needed + ".");
    }

    private static IllegalStateException impossible(Change change) {
        return new IllegalStateException("cannot come of this operation: " + change);
    }
}
