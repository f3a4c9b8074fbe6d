package io.flowapi.posts;

import io.flowapi.api.model.DeletionOutcome;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostDeletion;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetDeletion;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deletes posts: the record alone, or on the networks first and then the record. */
public final class PostDeletions {

    private static final Map<String, Boolean> FROM_PROVIDER = Map.of("fromProvider", true);

    private final Database database;
    private final PostStore posts;
    private final TargetJobs jobs;
    private final NetworkRemovals removals;
    private final AuditLog audit;
    private final InstantSource clock;
    private final DoubtStore doubtful = new DoubtStore();

    public PostDeletions(
            Database database,
            PostStore posts,
            TargetJobs jobs,
            NetworkRemovals removals,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.posts = posts;
        this.jobs = jobs;
        this.removals = removals;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of a request to delete a post. */
    sealed interface Result {
        record Deleted(PostDeletion report) implements Result {}

        record NotFound() implements Result {}

        /** The caller has seen another version. */
        record Stale(Refusal refusal) implements Result {}

        record OnItsWay() implements Result {}

        /** Nobody has said yet what became of it. */
        record NotSettled() implements Result {}

        /** The post is kept, with a note of what the networks did remove. */
        record Incomplete(List<FieldError> failures) implements Result {}
    }

    Result deleteRecord(Caller caller, UUID id, @Nullable String ifMatch) {
        return database.write(tx -> {
            Post post = locked(tx, caller, id);
            return refusal(post, ifMatch).orElseGet(() -> delete(tx, caller, post, Map.of()));
        });
    }

    private @Nullable Post locked(Handle tx, Caller caller, UUID id) {
        posts.lock(tx, caller, id);
        return posts.find(tx, caller, id).orElse(null);
    }

    private static Optional<Result> refusal(@Nullable Post post, @Nullable String ifMatch) {
        if (post == null) {
            return Optional.of(new Result.NotFound());
        }
        Optional<Result> stale = ETags.refusal(ifMatch, post.version()).map(Result.Stale::new);
        if (stale.isPresent()) {
            return stale;
        }
        return switch (post.status()) {
            case PUBLISHING -> Optional.of(new Result.OnItsWay());
            // It may be out: without its record nobody would know which post that is.
            case NEEDS_ATTENTION -> Optional.of(new Result.NotSettled());
            case DRAFT, SCHEDULED, PUBLISHED, PARTIALLY_PUBLISHED, FAILED, CANCELLED -> Optional.empty();
        };
    }

    private Result delete(Handle tx, Caller caller, Post post, Map<String, Boolean> how) {
        jobs.cancel(tx, post);
        posts.delete(tx, post.id());
        audit.append(tx, Origin.of(caller), "deletePost", Audited.post(post.id()), how);
        return new Result.Deleted(report(post));
    }

    /** Each network is asked, and its answer noted, before the record goes: repeating it goes on where it ended. */
    Result deleteFromProvider(Caller caller, UUID id, @Nullable String ifMatch) {
        Post post = database.read(tx -> posts.find(tx, caller, id)).orElse(null);
        return refusal(post, ifMatch).or(() -> comesBack(post)).orElseGet(() -> removeAndDelete(caller, post, ifMatch));
    }

    /** What was sent before the post that is there may bring it back when that is removed. */
    private Optional<Result> comesBack(Post post) {
        Instant now = clock.instant();
        boolean mayCome = database.read(tx -> post.targets().stream()
                .filter(PostDeletions::isOnNetwork)
                .anyMatch(target -> doubtful.mayComeUntil(tx, target.id(), now).isPresent()));
        return mayCome ? Optional.of(new Result.OnItsWay()) : Optional.empty();
    }

    private Result removeAndDelete(Caller caller, Post post, @Nullable String ifMatch) {
        List<Target> there =
                post.targets().stream().filter(PostDeletions::isOnNetwork).toList();
        List<FieldError> failures = removals.removeAll(caller, post, there);
        // Each removal was a new version, but of a post that nobody can edit any more.
        String condition = there.isEmpty() ? ifMatch : null;
        return failures.isEmpty()
                ? database.write(tx -> deleteRemoved(tx, caller, post.id(), condition))
                : new Result.Incomplete(failures);
    }

    /** What was sent again meanwhile is not lost from sight. */
    private Result deleteRemoved(Handle tx, Caller caller, UUID id, @Nullable String ifMatch) {
        Post post = locked(tx, caller, id);
        return refusal(post, ifMatch)
                .orElseGet(() -> post.targets().stream().anyMatch(PostDeletions::isOnNetwork)
                        ? new Result.OnItsWay()
                        : delete(tx, caller, post, FROM_PROVIDER));
    }

    private static boolean isOnNetwork(Target target) {
        return target.status() == TargetStatus.PUBLISHED && target.deletedAt() == null;
    }

    private static PostDeletion report(Post post) {
        return new PostDeletion(
                post.id(),
                post.targets().stream()
                        .map(target ->
                                new TargetDeletion(target.id(), target.channelId(), target.provider(), outcome(target)))
                        .toList());
    }

    private static DeletionOutcome outcome(Target target) {
        return target.deletedAt() == null ? DeletionOutcome.NOT_PUBLISHED : DeletionOutcome.DELETED;
    }
}
