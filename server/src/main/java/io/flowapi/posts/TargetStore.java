package io.flowapi.posts;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.flowapi.api.model.EventData;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.events.ChangedResource;
import io.flowapi.platform.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The targets table, as the API shows and changes it; how a target is sent stands in {@link SendingStore}. */
public final class TargetStore {

    private static final String SHOWN =
            "id, post_id, channel_id, provider, content, options, status, due_at, claimed_at, sent_at, published_at,"
                    + " deleted_at, attempts, provider_post_id, url, error";

    void insert(Handle tx, Post post) {
        int position = 0;
        for (Target target : post.targets()) {
            tx.createUpdate("""
                            insert into targets
                              (id, post_id, position, channel_id, provider, content, content_hash, options, status, due_at,
                               attempts)
                            values
                              (:id, :postId, :position, :channelId, :provider, :content, :contentHash, :options, :status,
                               :dueAt, 0)
                            """)
                    .bind("id", target.id())
                    .bind("postId", post.id())
                    .bind("position", position++)
                    .bind("channelId", target.channelId())
                    .bind("provider", target.provider().value())
                    .bind("content", target.content())
                    .bind("contentHash", DuplicateStore.hash(DuplicateStore.text(post, target)))
                    .bind("options", target.options() == null ? null : Json.text(target.options()))
                    .bind("status", target.status().value())
                    .bindByType("dueAt", target.scheduledAt(), Instant.class)
                    .execute();
        }
    }

    /** The targets of these posts, in the order they were given. */
    Map<UUID, List<Target>> of(Handle tx, List<UUID> posts) {
        if (posts.isEmpty()) {
            return Map.of();
        }
        record Of(UUID post, Target target) {}
        return tx
                .createQuery("select " + SHOWN + """
                         from targets
                        where post_id in (<posts>)
                        order by post_id, position
                        """)
                .bindList("posts", posts)
                .map(row -> new Of(row.getColumn("post_id", UUID.class), target(row)))
                .list()
                .stream()
                .collect(groupingBy(Of::post, mapping(Of::target, toList())));
    }

    /** Makes the targets that a change of their post has left as they are due when it is, with its text. */
    void follow(Handle tx, Post post) {
        due(tx, post.id(), post.scheduledAt());
        tx.createUpdate("update targets set content_hash = :hash where post_id = :post and content is null")
                .bind("hash", DuplicateStore.hash(post.content()))
                .bind("post", post.id())
                .execute();
    }

    /** The target as it is now, with the number of its next event. */
    ChangedResource numbered(Handle tx, UUID userId, Mode mode, UUID target) {
        return tx.createQuery("update targets set event_sequence = event_sequence + 1 where id = :id"
                        + " returning event_sequence, " + SHOWN)
                .bind("id", target)
                .map(row -> new ChangedResource(
                        userId,
                        mode,
                        target,
                        row.getColumn("event_sequence", Integer.class),
                        new EventData(null, row.getColumn("post_id", UUID.class), target(row), null, null, null)))
                .one();
    }

    /** Makes the targets of a post due then; null never. */
    void due(Handle tx, UUID post, @Nullable Instant at) {
        tx.createUpdate("update targets set due_at = :at where post_id = :post and status = 'pending'")
                .bindByType("at", at, Instant.class)
                .bind("post", post)
                .execute();
    }

    /** Cancels the targets of a post that have not started; whoever starts one first wins. */
    int cancel(Handle tx, UUID post) {
        return tx.createUpdate("update targets set status = 'cancelled' where post_id = :post and status = 'pending'")
                .bind("post", post)
                .execute();
    }

    /** Makes the failed targets of a post due again; the sends that the network did not take are forgiven. */
    int retryFailed(Handle tx, UUID post, Instant at) {
        return tx.createUpdate("""
                        update targets
                        set status = 'pending', due_at = :at, claimed_at = null, sent_at = null, error = null,
                            attempts_forgiven = attempts
                        where post_id = :post and status = 'failed'
                        """).bind("at", at).bind("post", post).execute();
    }

    /** Of a post of which nothing has started. */
    void deleteOf(Handle tx, UUID post) {
        tx.createUpdate("delete from targets where post_id = :post")
                .bind("post", post)
                .execute();
    }

    void deletedOnNetwork(Handle tx, UUID target, Instant at) {
        tx.createUpdate("update targets set deleted_at = :at where id = :id")
                .bind("at", at)
                .bind("id", target)
                .execute();
    }

    /** A target that waits for its time. */
    record Due(UUID id, UUID postId, UUID userId, Mode mode, Provider provider, int attempts) {}

    List<Due> dueUntil(Handle tx, Instant until, int limit) {
        return tx.createQuery("""
                        select t.id, t.post_id, p.user_id, p.mode, t.provider, t.attempts
                        from targets t
                        join posts p on p.id = t.post_id
                        where t.status = 'pending' and t.due_at <= :until
                        order by t.due_at, t.id
                        limit :limit
                        """)
                .bind("until", until)
                .bind("limit", limit)
                .map(row -> new Due(
                        row.getColumn("id", UUID.class),
                        row.getColumn("post_id", UUID.class),
                        row.getColumn("user_id", UUID.class),
                        Mode.of(row.getColumn("mode", String.class)),
                        Provider.of(row.getColumn("provider", String.class)),
                        row.getColumn("attempts", Integer.class)))
                .list();
    }

    List<PostStatuses.Standing> standings(Handle tx, UUID post) {
        return tx.createQuery("select status, ask_until from targets where post_id = :post")
                .bind("post", post)
                .map(row -> new PostStatuses.Standing(
                        TargetStatus.of(row.getColumn("status", String.class)),
                        row.getColumn("ask_until", Instant.class) != null))
                .list();
    }

    private static Target target(RowView row) {
        Instant due = row.getColumn("due_at", Instant.class);
        Instant sent = row.getColumn("sent_at", Instant.class);
        return new Target(
                row.getColumn("id", UUID.class),
                row.getColumn("channel_id", UUID.class),
                Provider.of(row.getColumn("provider", String.class)),
                row.getColumn("content", String.class),
                options(row.getColumn("options", String.class)),
                TargetStatus.of(row.getColumn("status", String.class)),
                row.getColumn("provider_post_id", String.class),
                row.getColumn("url", String.class),
                due,
                row.getColumn("claimed_at", Instant.class),
                sent,
                row.getColumn("published_at", Instant.class),
                row.getColumn("deleted_at", Instant.class),
                due == null || sent == null
                        ? null
                        : Math.max(0, Duration.between(due, sent).toMillis()),
                row.getColumn("attempts", Integer.class),
                error(row.getColumn("error", String.class)));
    }

    static @Nullable TargetOptions options(@Nullable String json) {
        return json == null ? null : Json.bind(Json.tree(json), TargetOptions.class);
    }

    static @Nullable TargetError error(@Nullable String json) {
        return json == null ? null : Json.bind(Json.tree(json), TargetError.class);
    }
}
