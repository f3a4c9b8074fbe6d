package io.flowapi.posts;

import io.flowapi.api.PostsApi;
import io.flowapi.api.model.Attempt;
import io.flowapi.api.model.AttemptPage;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostDeletion;
import io.flowapi.api.model.PostPage;
import io.flowapi.api.model.PostValidation;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The post operations. */
public final class PostsResource implements PostsApi {

    private final Database database;
    private final Posts posts;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Paging paging;
    private final Runnable wakeWorker;

    /** Everything that is done with posts. */
    public record Posts(
            PostStore store,
            AttemptStore attempts,
            PostDrafts drafts,
            PostSteps steps,
            PostDeletions deletions,
            TargetResolutions resolutions,
            DryRun dryRun) {}

    public PostsResource(
            Database database,
            Posts posts,
            AuditLog audit,
            Idempotency idempotency,
            Paging paging,
            Runnable wakeWorker) {
        this.database = database;
        this.posts = posts;
        this.audit = audit;
        this.idempotency = idempotency;
        this.paging = paging;
        this.wakeWorker = wakeWorker;
    }

    @Override
    public CreatePostReply createPost(Caller caller, CreatePostCall call) {
        CreatePostReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> PostReplies.created(
                        audited(tx, caller, "createPost", posts.drafts().create(tx, caller, TagFree.of(call.body())))),
                CreatePostReply.Replayed::new);
        wakeWorker.run();
        return reply;
    }

    @Override
    public ValidatePostReply validatePost(Caller caller, ValidatePostCall call) {
        return idempotency.onceCalling(
                caller,
                call.idempotencyKey(),
                () -> {
                    PostValidation validation = posts.dryRun().of(caller, TagFree.of(call.body()));
                    return tx -> new ValidatePostReply.R200(validation);
                },
                ValidatePostReply.Replayed::new);
    }

    /** What was done stands in the audit log; what was refused does not. */
    private Change audited(Handle tx, Caller caller, String action, Change change) {
        return audited(tx, caller, action, change, Map.of());
    }

    private Change audited(Handle tx, Caller caller, String action, Change change, Map<String, ?> details) {
        if (change instanceof Change.Done(Post post)) {
            audit.append(tx, Origin.of(caller), action, Audited.post(post.id()), details);
        }
        return change;
    }

    @Override
    public GetPostReply getPost(Caller caller, GetPostCall call) {
        return database.read(tx -> posts.store().find(tx, caller, call.postId()))
                .<GetPostReply>map(post -> new GetPostReply.R200(post, ETags.of(post.version())))
                .orElseGet(() -> new GetPostReply.R404(PostReplies.notFound()));
    }

    @Override
    public ListPostsReply listPosts(Caller caller, ListPostsCall call) {
        PostFilter filter = new PostFilter(call.status(), call.channelId(), call.externalId(), call.from(), call.to());
        Page<Post> page = paging.page(
                caller,
                "posts " + filter,
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> posts.store().list(tx, caller, filter, after, limit)),
                post -> new Position(post.createdAt(), post.id()));
        return new ListPostsReply.R200(new PostPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public UpdatePostReply updatePost(Caller caller, UpdatePostCall call) {
        Map<String, ?> fields = Map.of("fields", call.body().fields());
        UpdatePostReply reply = PostReplies.updated(database.write(tx -> audited(
                tx,
                caller,
                "updatePost",
                posts.drafts().update(tx, caller, call.postId(), call.body(), call.ifMatch()),
                fields)));
        wakeWorker.run();
        return reply;
    }

    @Override
    public PublishPostReply publishPost(Caller caller, PublishPostCall call) {
        PublishPostReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> PostReplies.published(audited(
                        tx,
                        caller,
                        "publishPost",
                        posts.steps().publish(tx, caller, call.postId(), call.allowDuplicate()))),
                PublishPostReply.Replayed::new);
        wakeWorker.run();
        return reply;
    }

    @Override
    public CancelPostReply cancelPost(Caller caller, CancelPostCall call) {
        return idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> PostReplies.cancelled(
                        audited(tx, caller, "cancelPost", posts.steps().cancel(tx, caller, call.postId()))),
                CancelPostReply.Replayed::new);
    }

    @Override
    public RetryPostReply retryPost(Caller caller, RetryPostCall call) {
        RetryPostReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> PostReplies.retried(
                        audited(tx, caller, "retryPost", posts.steps().retry(tx, caller, call.postId()))),
                RetryPostReply.Replayed::new);
        wakeWorker.run();
        return reply;
    }

    @Override
    public ListPostAttemptsReply listPostAttempts(Caller caller, ListPostAttemptsCall call) {
        if (database.read(tx -> posts.store().find(tx, caller, call.postId())).isEmpty()) {
            return new ListPostAttemptsReply.R404(PostReplies.notFound());
        }
        Page<Attempt> page = paging.page(
                caller,
                "attempts " + call.postId(),
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> posts.attempts().list(tx, call.postId(), after, limit)),
                attempt -> new Position(attempt.startedAt(), attempt.id()));
        return new ListPostAttemptsReply.R200(new AttemptPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public ResolveTargetReply resolveTarget(Caller caller, ResolveTargetCall call) {
        return idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> PostReplies.resolved(
                        posts.resolutions().resolve(tx, caller, call.postId(), call.targetId(), call.body())),
                ResolveTargetReply.Replayed::new);
    }

    @Override
    public DeletePostReply deletePost(Caller caller, DeletePostCall call) {
        PostDeletions.Result result = call.fromProvider()
                ? posts.deletions().deleteFromProvider(caller, call.postId(), call.ifMatch())
                : posts.deletions().deleteRecord(caller, call.postId(), call.ifMatch());
        return switch (result) {
            case PostDeletions.Result.Deleted(PostDeletion report) ->
                call.fromProvider() ? new DeletePostReply.R200(report) : new DeletePostReply.R204();
            case PostDeletions.Result.NotFound _ -> new DeletePostReply.R404(PostReplies.notFound());
            case PostDeletions.Result.Stale(Refusal refusal) -> new DeletePostReply.R412(refusal);
            case PostDeletions.Result.OnItsWay _ ->
                new DeletePostReply.R409(Refusal.of(
                        ProblemCode.POST_NOT_DELETABLE,
                        "The post is on its way, or just came out; delete it when it has settled."));
            case PostDeletions.Result.NotSettled _ ->
                new DeletePostReply.R409(Refusal.of(
                        ProblemCode.POST_NOT_DELETABLE,
                        "Nobody knows whether a target of the post is out; settle it with resolveTarget first."));
            case PostDeletions.Result.Incomplete(List<FieldError> failures) ->
                new DeletePostReply.R409(PostReplies.notDeleted(failures));
        };
    }
}
