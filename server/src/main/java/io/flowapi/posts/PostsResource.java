package io.flowapi.posts;

import io.flowapi.api.PostsApi;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostDeletion;
import io.flowapi.api.model.PostPage;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import io.flowapi.posts.PostService.Change;
import java.util.List;
import java.util.Map;

/** The post operations. */
public final class PostsResource implements PostsApi {

    private final Database database;
    private final PostStore posts;
    private final PostService service;
    private final PostDeletions deletions;
    private final Idempotency idempotency;
    private final Paging paging;
    private final Runnable wakeWorker;

    public PostsResource(
            Database database,
            PostStore posts,
            PostService service,
            PostDeletions deletions,
            Idempotency idempotency,
            Paging paging,
            Runnable wakeWorker) {
        this.database = database;
        this.posts = posts;
        this.service = service;
        this.deletions = deletions;
        this.idempotency = idempotency;
        this.paging = paging;
        this.wakeWorker = wakeWorker;
    }

    @Override
    public CreatePostReply createPost(Caller caller, CreatePostCall call) {
        CreatePostReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> created(service.create(tx, caller, call.body())),
                CreatePostReply.Replayed::new);
        wakeWorker.run();
        return reply;
    }

    private static CreatePostReply created(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new CreatePostReply.R201(post, "/v1/posts/" + post.id());
            case Change.Broken(var errors) -> new CreatePostReply.R422(Refusal.invalid(errors));
            case Change.NotFound _, Change.WrongStatus _ ->
                throw new IllegalStateException("a new post has no status before it is made");
        };
    }

    @Override
    public GetPostReply getPost(Caller caller, GetPostCall call) {
        return database.read(tx -> posts.find(tx, caller, call.postId()))
                .<GetPostReply>map(GetPostReply.R200::new)
                .orElseGet(() -> new GetPostReply.R404(notFound()));
    }

    @Override
    public ListPostsReply listPosts(Caller caller, ListPostsCall call) {
        PostFilter filter = new PostFilter(call.status(), call.channelId(), call.externalId(), call.from(), call.to());
        Page<Post> page = paging.page(
                caller,
                "posts " + filter,
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> posts.list(tx, caller, filter, after, limit)),
                post -> new Position(post.createdAt(), post.id()));
        return new ListPostsReply.R200(new PostPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public PublishPostReply publishPost(Caller caller, PublishPostCall call) {
        PublishPostReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> published(service.publish(tx, caller, call.postId())),
                PublishPostReply.Replayed::new);
        wakeWorker.run();
        return reply;
    }

    private static PublishPostReply published(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new PublishPostReply.R200(post);
            case Change.NotFound _ -> new PublishPostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new PublishPostReply.R409(wrong(ProblemCode.POST_NOT_PUBLISHABLE, status, "draft or scheduled"));
            case Change.Broken(var errors) -> new PublishPostReply.R422(Refusal.invalid(errors));
        };
    }

    @Override
    public CancelPostReply cancelPost(Caller caller, CancelPostCall call) {
        return idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> cancelled(service.cancel(tx, caller, call.postId())),
                CancelPostReply.Replayed::new);
    }

    private static CancelPostReply cancelled(Change change) {
        return switch (change) {
            case Change.Done(Post post) -> new CancelPostReply.R200(post);
            case Change.NotFound _ -> new CancelPostReply.R404(notFound());
            case Change.WrongStatus(PostStatus status) ->
                new CancelPostReply.R409(
                        wrong(ProblemCode.POST_NOT_CANCELLABLE, status, "one of which nothing was sent"));
            case Change.Broken(var errors) -> new CancelPostReply.R422(Refusal.invalid(errors));
        };
    }

    @Override
    public DeletePostReply deletePost(Caller caller, DeletePostCall call) {
        PostDeletions.Result result = call.fromProvider()
                ? deletions.deleteFromProvider(caller, call.postId())
                : deletions.deleteRecord(caller, call.postId());
        return switch (result) {
            case PostDeletions.Result.Deleted(PostDeletion report) ->
                call.fromProvider() ? new DeletePostReply.R200(report) : new DeletePostReply.R204();
            case PostDeletions.Result.NotFound _ -> new DeletePostReply.R404(notFound());
            case PostDeletions.Result.OnItsWay _ ->
                new DeletePostReply.R409(
                        wrong(ProblemCode.POST_NOT_DELETABLE, PostStatus.PUBLISHING, "one that has settled"));
            case PostDeletions.Result.Incomplete(List<FieldError> failures) ->
                new DeletePostReply.R409(new Refusal(
                        ProblemCode.POST_NOT_DELETED,
                        failures.size() + " targets could not be deleted on their networks; the post is kept.",
                        failures,
                        Map.of()));
        };
    }

    private static Refusal wrong(ProblemCode code, PostStatus status, String needed) {
        return Refusal.of(code, "The post is " + status.value() + "; it must be " + needed + ".");
    }

    private static Refusal notFound() {
        return Refusal.notFound("post");
    }
}
