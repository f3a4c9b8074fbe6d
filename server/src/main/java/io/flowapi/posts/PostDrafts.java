package io.flowapi.posts;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.UpdatePostRequest;
import io.flowapi.api.model.Warning;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.MergePatch;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes posts, and changes them until they start to go out. Everything here runs inside the caller's transaction. */
public final class PostDrafts {

    private static final UpdatePostRequest NOTHING = new UpdatePostRequest(null, null, null, null, null, null);

    private final PostStore posts;
    private final TargetStore targets;
    private final TargetJobs jobs;
    private final ChannelStore channels;
    private final PlannedTargets planned;
    private final Ids ids;
    private final InstantSource clock;
    private final DuplicateStore duplicates = new DuplicateStore();

    public PostDrafts(
            PostStore posts,
            TargetStore targets,
            TargetJobs jobs,
            ChannelStore channels,
            PlannedTargets planned,
            Ids ids,
            InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.jobs = jobs;
        this.channels = channels;
        this.planned = planned;
        this.ids = ids;
        this.clock = clock;
    }

    Change create(Handle tx, Caller caller, TagFree<CreatePostRequest> sent) {
        CreatePostRequest wanted = sent.request();
        Instant now = clock.instant();
        boolean atOnce = Boolean.TRUE.equals(wanted.publishNow());
        Instant due = atOnce ? now : wanted.scheduledAt();
        List<FieldError> errors = PostRules.broken(wanted, now);
        List<Target> made = planned.make(tx, caller, wanted.targets(), due, Map.of(), errors);
        if (due != null) {
            errors.addAll(planned.preflight(tx, wanted.content(), made));
        }
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        Post post = new Post(
                ids.next(),
                wanted.content(),
                made,
                wanted.scheduledAt(),
                wanted.externalId(),
                wanted.metadata() == null ? Map.of() : wanted.metadata(),
                atOnce ? PostStatus.PUBLISHING : waiting(wanted.scheduledAt()),
                sent.warnings(),
                now,
                now,
                1);
        List<FieldError> same = duplicates(tx, post, due, wanted.allowDuplicate());
        if (!same.isEmpty()) {
            return new Change.Duplicate(same);
        }
        posts.insert(tx, caller, post);
        targets.insert(tx, post);
        jobs.enqueue(tx, post);
        return new Change.Done(post);
    }

    /** @param due null for a draft, which may say what it wants */
    private List<FieldError> duplicates(Handle tx, Post post, @Nullable Instant due, @Nullable Boolean allowed) {
        return due == null || Boolean.TRUE.equals(allowed) ? List.of() : duplicates.of(tx, post, due);
    }

    private static PostStatus waiting(@Nullable Instant scheduledAt) {
        return scheduledAt == null ? PostStatus.DRAFT : PostStatus.SCHEDULED;
    }

    /**
     * Changes a draft or scheduled post. Its jobs are made anew: a worker that holds an old one does not send. What is
     * wrong with the change itself is said whether the post exists or not.
     */
    Change update(Handle tx, Caller caller, UUID id, MergePatch<UpdatePostRequest> patch, @Nullable String ifMatch) {
        channels.keepThoseOf(tx, caller, id);
        posts.lock(tx, caller, id);
        Optional<Post> found = posts.find(tx, caller, id);
        TagFree<UpdatePostRequest> change = TagFree.of(patch.appliedTo(NOTHING));
        List<FieldError> errors = PostRules.broken(change.request(), clock.instant());
        UpdatePostRequest wanted =
                TagFree.merged(patch.appliedTo(found.map(PostDrafts::shown).orElse(NOTHING)), change.request());
        List<Target> made = change.request().targets() != null
                ? planned.make(tx, caller, wanted.targets(), wanted.scheduledAt(), known(found), errors)
                : found.map(Post::targets).orElse(List.of());
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        return found.map(post -> refusal(post, ifMatch).orElseGet(() -> change(tx, caller, post, wanted, made, change)))
                .orElseGet(Change.NotFound::new);
    }

    private static Optional<Change> refusal(Post post, @Nullable String ifMatch) {
        Optional<Change> stale = ETags.refusal(ifMatch, post.version()).map(Change.Stale::new);
        boolean waiting = post.status() == PostStatus.DRAFT || post.status() == PostStatus.SCHEDULED;
        return stale.isPresent() || waiting ? stale : Optional.of(new Change.WrongStatus(post.status()));
    }

    private Change change(
            Handle tx,
            Caller caller,
            Post post,
            UpdatePostRequest wanted,
            List<Target> made,
            TagFree<UpdatePostRequest> change) {
        Instant due = wanted.scheduledAt();
        Post changed = changed(post, wanted, made, TagFree.warnings(post.warnings(), change));
        List<FieldError> errors = new ArrayList<>(PostRules.broken(changed));
        if (due != null) {
            errors.addAll(planned.preflight(tx, changed.content(), made));
        }
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        Instant leavesDraft = post.status() == PostStatus.DRAFT ? due : null;
        List<FieldError> same = duplicates(tx, changed, leavesDraft, wanted.allowDuplicate());
        if (!same.isEmpty()) {
            return new Change.Duplicate(same);
        }
        store(tx, post, changed, change);
        Post stored = posts.find(tx, caller, post.id()).orElseThrow();
        jobs.enqueue(tx, stored);
        return new Change.Done(stored);
    }

    private void store(Handle tx, Post post, Post changed, TagFree<UpdatePostRequest> change) {
        jobs.cancel(tx, post);
        if (change.request().targets() != null) {
            targets.deleteOf(tx, post.id());
            targets.insert(tx, changed);
        } else {
            targets.follow(tx, changed);
        }
        posts.update(tx, changed);
    }

    private Post changed(Post post, UpdatePostRequest wanted, List<Target> made, List<Warning> warnings) {
        return new Post(
                post.id(),
                wanted.content(),
                made,
                wanted.scheduledAt(),
                wanted.externalId(),
                wanted.metadata() == null ? Map.of() : wanted.metadata(),
                waiting(wanted.scheduledAt()),
                warnings,
                post.createdAt(),
                clock.instant(),
                post.version() + 1);
    }

    private static UpdatePostRequest shown(Post post) {
        List<CreateTarget> wanted = post.targets().stream()
                .map(target -> new CreateTarget(target.channelId(), target.content(), target.options()))
                .toList();
        return new UpdatePostRequest(
                post.content(), wanted, post.scheduledAt(), post.externalId(), post.metadata(), null);
    }

    private static Map<UUID, UUID> known(Optional<Post> post) {
        return post.stream().flatMap(found -> found.targets().stream()).collect(toMap(Target::channelId, Target::id));
    }
}
