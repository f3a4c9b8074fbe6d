package io.flowapi.posts;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.flowapi.api.model.Post;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.TargetStatus;
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

    private static final String WAITING_ON = """
            from targets t
            join posts p on p.id = t.post_id
            where t.channel_id = :channel
              and t.status in ('pending', 'publishing', 'unknown')
              and p.status <> 'draft'
            """;

    void insert(Handle tx, Post post) {
        int position = 0;
        for (Target target : post.targets()) {
            tx.createUpdate("""
                            insert into targets
                              (id, post_id, position, channel_id, provider, content, options, status, due_at, attempts)
                            values
                              (:id, :postId, :position, :channelId, :provider, :content, :options, :status, :dueAt, 0)
                            """)
                    .bind("id", target.id())
                    .bind("postId", post.id())
                    .bind("position", position++)
                    .bind("channelId", target.channelId())
                    .bind("provider", target.provider().value())
                    .bind("content", target.content())
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
                .createQuery("""
                        select id, post_id, channel_id, provider, content, options, status, due_at, claimed_at, sent_at,
                               published_at, deleted_at, attempts, provider_post_id, url, error
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

    /** Makes the targets of a post due. */
    void due(Handle tx, UUID post, Instant at) {
        tx.createUpdate("update targets set due_at = :at where post_id = :post and status = 'pending'")
                .bind("at", at)
                .bind("post", post)
                .execute();
    }

    /** Cancels the targets of a post that have not started; whoever starts one first wins. */
    int cancel(Handle tx, UUID post) {
        return tx.createUpdate("update targets set status = 'cancelled' where post_id = :post and status = 'pending'")
                .bind("post", post)
                .execute();
    }

    void deletedOnNetwork(Handle tx, UUID target, Instant at) {
        tx.createUpdate("update targets set deleted_at = :at where id = :id")
                .bind("at", at)
                .bind("id", target)
                .execute();
    }

    long countWaitingOn(Handle tx, UUID channel) {
        return tx.createQuery("select count(*) as n " + WAITING_ON)
                .bind("channel", channel)
                .map(row -> row.getColumn("n", Long.class))
                .one();
    }

    /** The first posts that wait for a channel; there may be very many. */
    List<UUID> postsWaitingOn(Handle tx, UUID channel, int limit) {
        return tx.createQuery("select p.id " + WAITING_ON + """
                        order by p.id
                        limit :limit
                        """)
                .bind("channel", channel)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    boolean anyStartedOn(Handle tx, UUID channel) {
        return tx.createQuery("""
                                select count(*) as n
                                from targets
                                where channel_id = :channel and status in ('publishing', 'unknown')
                                """)
                        .bind("channel", channel)
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /** The posts on their way out that still have this channel before them: few, as they are due now. */
    List<UUID> publishingPostsOn(Handle tx, UUID channel) {
        return tx.createQuery("""
                        select p.id
                        from targets t
                        join posts p on p.id = t.post_id
                        where t.channel_id = :channel and t.status = 'pending' and p.status = 'publishing'
                        order by p.id
                        """).bind("channel", channel).mapTo(UUID.class).list();
    }

    /** Cancels what waits for a channel, with its jobs. Drafts keep their targets: their users decide. */
    void cancelOn(Handle tx, UUID channel) {
        tx.createUpdate("""
                        update targets
                        set status = 'cancelled'
                        where channel_id = :channel
                          and status = 'pending'
                          and not exists (select 1 from posts p where p.id = targets.post_id and p.status = 'draft')
                        """).bind("channel", channel).execute();
        // Stands here and not in the queue, which knows no targets: one statement for however many jobs.
        tx.createUpdate("""
                        delete from jobs
                        where kind = :kind
                          and subject in (select id from targets where channel_id = :channel and status = 'cancelled')
                        """)
                .bind("kind", PublishTarget.KIND)
                .bind("channel", channel)
                .execute();
    }

    List<TargetStatus> statuses(Handle tx, UUID post) {
        return tx.createQuery("select status from targets where post_id = :post")
                .bind("post", post)
                .map(row -> TargetStatus.of(row.getColumn("status", String.class)))
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

    private static @Nullable TargetError error(@Nullable String json) {
        return json == null ? null : Json.bind(Json.tree(json), TargetError.class);
    }
}
