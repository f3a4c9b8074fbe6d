package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetError;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publishers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Removes published targets from their networks. What each network did is written down before anything else happens. */
public final class NetworkRemovals {

    private final Database database;
    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final Publishers publishers;
    private final AuditLog audit;
    private final InstantSource clock;

    public NetworkRemovals(
            Database database,
            PostStore posts,
            TargetStore targets,
            ChannelStore channels,
            Publishers publishers,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.publishers = publishers;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * All at once: the caller waits for the slowest network, and not for their sum.
     *
     * @return what could not be removed
     */
    List<FieldError> removeAll(Caller caller, Post post, List<Target> there) {
        try (ExecutorService networks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<FieldError>>> asked = there.stream()
                    .map(target ->
                            networks.submit(() -> remove(caller, post, target).map(error -> failure(target, error))))
                    .toList();
            return asked.stream()
                    .map(NetworkRemovals::answer)
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

    private Optional<TargetError> remove(Caller caller, Post post, Target target) {
        if (!database.read(tx -> channels.exists(tx, target.channelId()))) {
            return Optional.of(TargetErrors.channelDeletedAfter());
        }
        var published = new PublishedPost(target.id(), target.channelId(), target.providerPostId());
        return switch (publishers.of(target.provider()).delete(published)) {
            case Deletion.Gone _ -> {
                database.write(tx -> gone(tx, caller, post, target));
                yield Optional.empty();
            }
            case Deletion.Failed(TargetError error) -> {
                database.write(tx -> failed(tx, target, error));
                yield Optional.of(error);
            }
        };
    }

    private @Nullable Void gone(Handle tx, Caller caller, Post post, Target target) {
        posts.changed(tx, post.id(), clock.instant());
        targets.deletedOnNetwork(tx, target.id(), clock.instant());
        // The post may be kept in the end, because of another network: this happened nevertheless.
        Map<String, ?> of = Map.of("postId", post.id());
        audit.append(tx, Origin.of(caller), "target.deleted", Audited.target(target.id()), of);
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
}
