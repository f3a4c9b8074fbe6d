package io.flowapi.posts;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.http.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Moves posts as their users ask. Everything here runs inside the caller's transaction. */
public final class PostSteps {

    private final PostStore posts;
    private final TargetStore targets;
    private final TargetJobs jobs;
    private final ChannelStore channels;
    private final PlannedTargets planned;
    private final InstantSource clock;
    private final DuplicateStore duplicates = new DuplicateStore();
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();

    public PostSteps(
            PostStore posts,
            TargetStore targets,
            TargetJobs jobs,
            ChannelStore channels,
            PlannedTargets planned,
            InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.jobs = jobs;
        this.channels = channels;
        this.planned = planned;
        this.clock = clock;
    }

    /** Makes a draft or scheduled post due now. */
    Change publish(Handle tx, Caller caller, UUID id, boolean allowDuplicate) {
        // The channels before the post: in the order in which a channel's deletion locks them.
        channels.keepThoseOf(tx, caller, id);
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        if (post == null) {
            return new Change.NotFound();
        }
        if (post.status() != PostStatus.DRAFT && post.status() != PostStatus.SCHEDULED) {
            return new Change.WrongStatus(post.status());
        }
        List<FieldError> errors = planned.preflight(tx, post.content(), post.targets());
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        Instant now = clock.instant();
        if (post.status() == PostStatus.DRAFT && !allowDuplicate) {
            List<FieldError> same = duplicates.of(tx, post, now);
            if (!same.isEmpty()) {
                return new Change.Duplicate(same);
            }
        }
        targets.due(tx, id, now);
        posts.unschedule(tx, id);
        return started(tx, caller, id, now);
    }

    /** Cancels a post of which nothing has started. A worker that starts a target first wins. */
    Change cancel(Handle tx, Caller caller, UUID id) {
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        if (post == null) {
            return new Change.NotFound();
        }
        if (!cancellable(post) || mayHaveCome(tx, post)) {
            return new Change.WrongStatus(post.status());
        }
        targets.cancel(tx, id);
        jobs.cancel(tx, post);
        posts.changeStatus(tx, id, PostStatus.CANCELLED, clock.instant());
        return new Change.Done(posts.find(tx, caller, id).orElseThrow());
    }

    /** Something is left to cancel, and nothing else has happened than that the rest was cancelled before. */
    private static boolean cancellable(Post post) {
        List<Target> pending = TargetJobs.pending(post);
        return !pending.isEmpty()
                && post.targets().stream()
                        .allMatch(target -> pending.contains(target) || target.status() == TargetStatus.CANCELLED);
    }

    /** Nobody can promise that nothing is out. */
    private boolean mayHaveCome(Handle tx, Post post) {
        return post.targets().stream()
                .anyMatch(target -> doubtful.mayHaveCome(tx, target.id()) || repeats.open(tx, target.id()));
    }

    /** Makes the failed targets due again. What was sent is sent again as it was: it may still be on its way. */
    Change retry(Handle tx, Caller caller, UUID id) {
        channels.keepThoseOf(tx, caller, id);
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        if (post == null) {
            return new Change.NotFound();
        }
        Instant now = clock.instant();
        // Those given up after faults are alive again with it.
        post.targets().stream()
                .filter(target -> target.status() == TargetStatus.FAILED)
                .forEach(target -> jobs.cancel(tx, target));
        return targets.retryFailed(tx, id, now) > 0
                ? started(tx, caller, id, now)
                : new Change.WrongStatus(post.status());
    }

    private Change started(Handle tx, Caller caller, UUID id, Instant now) {
        posts.changeStatus(tx, id, PostStatus.PUBLISHING, now);
        Post post = posts.find(tx, caller, id).orElseThrow();
        jobs.enqueue(tx, post);
        return new Change.Done(post);
    }
}
