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
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.Refusal;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publishers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Deletes posts: the record alone, or on the networks first and then the record. */
public final class PostDeletions {

    private final Database database;
    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final Publishers publishers;
    private final TargetJobs jobs;
    private final InstantSource clock;

    public PostDeletions(
            Database database,
            PostStore posts,
            TargetStore targets,
            ChannelStore channels,
            Publishers publishers,
            TargetJobs jobs,
            InstantSource clock) {
        this.database = database;
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.publishers = publishers;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What came of a request to delete a post. */
    sealed interface Result {
        record Deleted(PostDeletion report) implements Result {}

        record NotFound() implements Result {}

        /** The caller has seen another version. */
        record Stale(Refusal refusal) implements Result {}

        record OnItsWay() implements Result {}

        /** The post is kept, with a note of what the networks did remove. */
        record Incomplete(List<FieldError> failures) implements Result {}
    }

    Result deleteRecord(Caller caller, UUID id, @Nullable String ifMatch) {
        return database.write(tx -> deleteRecord(tx, caller, id, ifMatch));
    }

    private Result deleteRecord(Handle tx, Caller caller, UUID id, @Nullable String ifMatch) {
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        return refusal(post, ifMatch).orElseGet(() -> {
            jobs.cancel(tx, post);
            posts.delete(tx, id);
            return new Result.Deleted(report(post));
        });
    }

    private static Optional<Result> refusal(@Nullable Post post, @Nullable String ifMatch) {
        if (post == null) {
            return Optional.of(new Result.NotFound());
        }
        Optional<Result> stale = ETags.refusal(ifMatch, post.version()).map(Result.Stale::new);
        return stale.isEmpty() && post.status() == PostStatus.PUBLISHING ? Optional.of(new Result.OnItsWay()) : stale;
    }

    /** Each network is asked, and its answer noted, before the record goes: repeating it goes on where it ended. */
    Result deleteFromProvider(Caller caller, UUID id, @Nullable String ifMatch) {
        Post post = database.read(tx -> posts.find(tx, caller, id)).orElse(null);
        return refusal(post, ifMatch).orElseGet(() -> removeAndDelete(caller, post, ifMatch));
    }

    private Result removeAndDelete(Caller caller, Post post, @Nullable String ifMatch) {
        List<Target> there =
                post.targets().stream().filter(PostDeletions::isOnNetwork).toList();
        List<FieldError> failures = removeAll(post, there);
        // Each removal was a new version, but of a post that nobody can edit any more.
        String condition = there.isEmpty() ? ifMatch : null;
        return failures.isEmpty()
                ? database.write(tx -> deleteRemoved(tx, caller, post.id(), condition))
                : new Result.Incomplete(failures);
    }

    /** All at once: the caller waits for the slowest network, and not for their sum. */
    private List<FieldError> removeAll(Post post, List<Target> there) {
        try (ExecutorService networks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<FieldError>>> asked = there.stream()
                    .map(target -> networks.submit(() -> remove(post, target).map(error -> failure(target, error))))
                    .toList();
            return asked.stream()
                    .map(PostDeletions::answer)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static Optional<FieldError> answer(Future<Optional<FieldError>> asked) {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What was sent again meanwhile is not lost from sight. */
    private Result deleteRemoved(Handle tx, Caller caller, UUID id, @Nullable String ifMatch) {
        posts.lock(tx, caller, id);
        Post post = posts.find(tx, caller, id).orElse(null);
        return refusal(post, ifMatch)
                .orElseGet(() -> post.targets().stream().anyMatch(PostDeletions::isOnNetwork)
                        ? new Result.OnItsWay()
                        : deleteRecord(tx, caller, id, null));
    }

    private static boolean isOnNetwork(Target target) {
        return target.status() == TargetStatus.PUBLISHED && target.deletedAt() == null;
    }

    private Optional<TargetError> remove(Post post, Target target) {
        if (!database.read(tx -> channels.exists(tx, target.channelId()))) {
            return Optional.of(TargetErrors.channelDeletedAfter());
        }
        var published = new PublishedPost(target.id(), target.channelId(), target.providerPostId());
        return switch (publishers.of(target.provider()).delete(published)) {
            case Deletion.Gone _ -> {
                database.write(tx -> gone(tx, post, target));
                yield Optional.empty();
            }
            case Deletion.Failed(TargetError error) -> {
                database.write(tx -> failed(tx, target, error));
                yield Optional.of(error);
            }
        };
    }

    private @Nullable Void gone(Handle tx, Post post, Target target) {
        posts.changed(tx, post.id(), clock.instant());
        targets.deletedOnNetwork(tx, target.id(), clock.instant());
        return null;
    }

    private @Nullable Void failed(Handle tx, Target target, TargetError error) {
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, target.channelId());
        }
        return null;
    }

    private static FieldError failure(Target target, TargetError error) {
        return Fields.parameter(
                "fromProvider",
                error.code(),
                "Target " + target.id() + " on " + target.provider().value() + ": " + error.message() + " "
                        + (error.retryable() ? "Repeat the request." : error.remediation()));
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
