package io.flowapi.posts;

import io.flowapi.api.model.DeletionOutcome;
import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostDeletion;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetDeletion;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publishers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deletes posts: the record alone, or on the networks first and then the record. */
public final class PostDeletions {

    private final Database database;
    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final Publishers publishers;
    private final JobQueue queue;
    private final InstantSource clock;

    public PostDeletions(
            Database database,
            PostStore posts,
            TargetStore targets,
            ChannelStore channels,
            Publishers publishers,
            JobQueue queue,
            InstantSource clock) {
        this.database = database;
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.publishers = publishers;
        this.queue = queue;
        this.clock = clock;
    }

    /** What came of a request to delete a post. */
    sealed interface Result {
        record Deleted(PostDeletion report) implements Result {}

        record NotFound() implements Result {}

        record OnItsWay() implements Result {}

        /** The post is kept, with a note of what the networks did remove. */
        record Incomplete(List<FieldError> failures) implements Result {}
    }

    Result deleteRecord(Caller caller, UUID id) {
        return database.write(tx -> deleteRecord(tx, caller, id));
    }

    private Result deleteRecord(Handle tx, Caller caller, UUID id) {
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        if (post == null) {
            return new Result.NotFound();
        }
        if (post.status() == PostStatus.PUBLISHING) {
            return new Result.OnItsWay();
        }
        post.targets()
                .forEach(target ->
                        queue.cancel(tx, PublishTarget.KIND, target.id().toString()));
        posts.delete(tx, id);
        return new Result.Deleted(report(post));
    }

    /** Each network is asked, and its answer noted, before the record goes: repeating it goes on where it ended. */
    Result deleteFromProvider(Caller caller, UUID id) {
        Post post = database.read(tx -> posts.find(tx, caller, id)).orElse(null);
        if (post == null) {
            return new Result.NotFound();
        }
        if (post.status() == PostStatus.PUBLISHING) {
            return new Result.OnItsWay();
        }
        List<FieldError> failures = new ArrayList<>();
        for (Target target : post.targets()) {
            if (isOnNetwork(target)) {
                remove(target).map(error -> failure(target, error)).ifPresent(failures::add);
            }
        }
        return failures.isEmpty()
                ? database.write(tx -> deleteRemoved(tx, caller, id))
                : new Result.Incomplete(failures);
    }

    /** What was sent again meanwhile is not lost from sight. */
    private Result deleteRemoved(Handle tx, Caller caller, UUID id) {
        posts.lock(tx, caller, id);
        boolean published = posts.find(tx, caller, id).stream()
                .flatMap(post -> post.targets().stream())
                .anyMatch(PostDeletions::isOnNetwork);
        return published ? new Result.OnItsWay() : deleteRecord(tx, caller, id);
    }

    private static boolean isOnNetwork(Target target) {
        return target.status() == TargetStatus.PUBLISHED && target.deletedAt() == null;
    }

    private Optional<TargetError> remove(Target target) {
        if (!database.read(tx -> channels.exists(tx, target.channelId()))) {
            return Optional.of(channelDeleted());
        }
        var published = new PublishedPost(target.id(), target.channelId(), target.providerPostId());
        return switch (publishers.of(target.provider()).delete(published)) {
            case Deletion.Gone _ -> {
                database.write(tx -> gone(tx, target));
                yield Optional.empty();
            }
            case Deletion.Failed(TargetError error) -> {
                database.write(tx -> failed(tx, target, error));
                yield Optional.of(error);
            }
        };
    }

    private @Nullable Void gone(Handle tx, Target target) {
        targets.deletedOnNetwork(tx, target.id(), clock.instant());
        return null;
    }

    private @Nullable Void failed(Handle tx, Target target, TargetError error) {
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, target.channelId());
        }
        return null;
    }

    private static TargetError channelDeleted() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "channel_deleted",
                "The channel was deleted, and its credentials with it.",
                "Delete the post on its network by hand, then delete it here without fromProvider.",
                false,
                null,
                null);
    }

    private static FieldError failure(Target target, TargetError error) {
        return Fields.parameter(
                "fromProvider",
                error.code(),
                "Target " + target.id() + " on " + target.provider().value() + ": " + error.message() + " "
                        + error.remediation());
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
