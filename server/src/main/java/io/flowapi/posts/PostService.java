package io.flowapi.posts;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.providers.Publishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes posts, and moves them as their users ask. Everything here runs inside the caller's transaction. */
public final class PostService {

    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final Publishers publishers;
    private final JobQueue queue;
    private final Ids ids;
    private final InstantSource clock;

    public PostService(
            PostStore posts,
            TargetStore targets,
            ChannelStore channels,
            Publishers publishers,
            JobQueue queue,
            Ids ids,
            InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.publishers = publishers;
        this.queue = queue;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of a request to change a post. */
    sealed interface Change {
        record Done(Post post) implements Change {}

        record Broken(List<FieldError> errors) implements Change {}

        record NotFound() implements Change {}

        record WrongStatus(PostStatus status) implements Change {}
    }

    Change create(Handle tx, Caller caller, CreatePostRequest wanted) {
        Instant now = clock.instant();
        List<FieldError> errors = PostRules.broken(wanted, now);
        Instant due = Boolean.TRUE.equals(wanted.publishNow()) ? now : wanted.scheduledAt();
        List<Target> made = new ArrayList<>();
        for (int i = 0; i < wanted.targets().size(); i++) {
            CreateTarget target = wanted.targets().get(i);
            Optional<Channel> channel = channels.findAndKeep(tx, caller, target.channelId());
            if (channel.isPresent()) {
                made.add(target(channel.get(), target, due));
                errors.addAll(PostRules.options(target.options(), channel.get().provider(), "/targets/" + i));
            } else {
                errors.add(Fields.body("/targets/" + i + "/channelId", "not_found", "There is no such channel."));
            }
        }
        if (due != null) {
            errors.addAll(preflight(wanted.content(), made));
        }
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        Post post = post(wanted, made, status(wanted), now);
        posts.insert(tx, caller, post);
        enqueue(tx, post, due);
        return new Change.Done(post);
    }

    /** What the networks would refuse: asked of everything that is to go out, complete, never only the first. */
    private List<FieldError> preflight(String content, List<Target> made) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Target target = made.get(i);
            if (target.status() != TargetStatus.PENDING) {
                continue;
            }
            String own = target.content();
            errors.addAll(publishers
                    .of(target.provider())
                    .violations(own == null ? content : own, own == null ? "/content" : "/targets/" + i + "/content"));
        }
        return errors.stream().distinct().toList();
    }

    private static PostStatus status(CreatePostRequest wanted) {
        if (Boolean.TRUE.equals(wanted.publishNow())) {
            return PostStatus.PUBLISHING;
        }
        return wanted.scheduledAt() == null ? PostStatus.DRAFT : PostStatus.SCHEDULED;
    }

    private Post post(CreatePostRequest wanted, List<Target> made, PostStatus status, Instant now) {
        Map<String, String> metadata = wanted.metadata() == null ? Map.of() : wanted.metadata();
        return new Post(
                ids.next(),
                wanted.content(),
                made,
                wanted.scheduledAt(),
                wanted.externalId(),
                metadata,
                status,
                now,
                now,
                1);
    }

    private Target target(Channel channel, CreateTarget wanted, @Nullable Instant due) {
        return new Target(
                ids.next(),
                channel.id(),
                channel.provider(),
                wanted.content(),
                wanted.options(),
                TargetStatus.PENDING,
                null,
                null,
                due,
                null,
                null,
                null,
                null,
                null,
                0,
                null);
    }

    private void enqueue(Handle tx, Post post, @Nullable Instant due) {
        if (due != null) {
            pending(post)
                    .forEach(target ->
                            queue.enqueue(tx, PublishTarget.KIND, target.id().toString(), due));
        }
    }

    /** Makes a draft or scheduled post due now. */
    Change publish(Handle tx, Caller caller, UUID id) {
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
        List<FieldError> errors = preflight(post.content(), post.targets());
        if (!errors.isEmpty()) {
            return new Change.Broken(errors);
        }
        Instant now = clock.instant();
        targets.due(tx, id, now);
        posts.unschedule(tx, id);
        posts.changeStatus(tx, id, PostStatus.PUBLISHING, now);
        enqueue(tx, post, now);
        return new Change.Done(posts.find(tx, caller, id).orElseThrow());
    }

    /** Cancels a post of which nothing has started. A worker that starts a target first wins. */
    Change cancel(Handle tx, Caller caller, UUID id) {
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        if (post == null) {
            return new Change.NotFound();
        }
        if (!cancellable(post)) {
            return new Change.WrongStatus(post.status());
        }
        targets.cancel(tx, id);
        pending(post)
                .forEach(target ->
                        queue.cancel(tx, PublishTarget.KIND, target.id().toString()));
        posts.changeStatus(tx, id, PostStatus.CANCELLED, clock.instant());
        return new Change.Done(posts.find(tx, caller, id).orElseThrow());
    }

    /** Something is left to cancel, and nothing else has happened than that the rest was cancelled before. */
    private static boolean cancellable(Post post) {
        List<Target> pending = pending(post);
        return !pending.isEmpty()
                && post.targets().stream()
                        .allMatch(target -> pending.contains(target) || target.status() == TargetStatus.CANCELLED);
    }

    private static List<Target> pending(Post post) {
        return post.targets().stream()
                .filter(target -> target.status() == TargetStatus.PENDING)
                .toList();
    }
}
