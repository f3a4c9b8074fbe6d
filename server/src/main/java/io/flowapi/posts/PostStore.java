package io.flowapi.posts;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The posts table. */
public final class PostStore {

    private static final String SELECT = """
            select p.id, p.content, p.external_id, p.metadata, p.status, p.scheduled_at,
                   p.created_at, p.updated_at, p.version
            from posts p
            """;

    private final TargetStore targets;

    public PostStore(TargetStore targets) {
        this.targets = targets;
    }

    void insert(Handle tx, Caller caller, Post post) {
        tx.createUpdate("""
                        insert into posts
                          (id, user_id, mode, content, external_id, metadata, status, scheduled_at,
                           created_at, updated_at, version)
                        values
                          (:id, :userId, :mode, :content, :externalId, :metadata, :status, :scheduledAt,
                           :createdAt, :updatedAt, :version)
                        """)
                .bind("id", post.id())
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("content", post.content())
                .bind("externalId", post.externalId())
                .bind("metadata", Json.text(post.metadata()))
                .bind("status", post.status().value())
                .bindByType("scheduledAt", post.scheduledAt(), Instant.class)
                .bind("createdAt", post.createdAt())
                .bind("updatedAt", post.updatedAt())
                .bind("version", post.version())
                .execute();
    }

    /** What its user may change of a post that has not started, with its status. */
    void update(Handle tx, Post post) {
        tx.createUpdate("""
                        update posts
                        set content = :content, external_id = :externalId, metadata = :metadata, status = :status,
                            scheduled_at = :scheduledAt, updated_at = :updatedAt, version = :version
                        where id = :id
                        """)
                .bind("id", post.id())
                .bind("content", post.content())
                .bind("externalId", post.externalId())
                .bind("metadata", Json.text(post.metadata()))
                .bind("status", post.status().value())
                .bindByType("scheduledAt", post.scheduledAt(), Instant.class)
                .bind("updatedAt", post.updatedAt())
                .bind("version", post.version())
                .execute();
    }

    Optional<Post> find(Handle tx, Caller caller, UUID id) {
        return tx.createQuery(SELECT + "where p.id = :id and p.user_id = :userId and p.mode = :mode")
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(PostStore::row)
                .findOne()
                .map(row -> row.with(targets.of(tx, List.of(row.id)).getOrDefault(row.id, List.of())));
    }

    /** Makes whoever else wants to change this post or its targets wait until this transaction ends. */
    boolean lock(Handle tx, UUID id) {
        return tx.createQuery("select id from posts where id = :id <forUpdate>")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** As {@link #lock(Handle, UUID)}, but nobody waits for a post that is not theirs. */
    boolean lock(Handle tx, Caller caller, UUID id) {
        return tx.createQuery("""
                        select id from posts
                        where id = :id and user_id = :userId and mode = :mode
                        <forUpdate>
                        """)
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** Newest first, older than the position. */
    List<Post> list(Handle tx, Caller caller, PostFilter filter, Position after, int limit) {
        List<Row> rows = tx.createQuery(SELECT + """
                        where p.user_id = :userId and p.mode = :mode
                          and (p.created_at, p.id) < (:createdAt, :id)
                          and (cast(:status as text) is null or p.status = :status)
                          and (cast(:externalId as text) is null or p.external_id = :externalId)
                          and (cast(:from as bigint) is null or p.created_at >= :from)
                          and (cast(:to as bigint) is null or p.created_at < :to)
                          and (cast(:channelId as text) is null or exists (
                                select 1 from targets t where t.post_id = p.id and t.channel_id = :channelId))
                        order by p.created_at desc, p.id desc
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("status", filter.status() == null ? null : filter.status().value())
                .bind("externalId", filter.externalId())
                .bindByType("from", filter.from(), Instant.class)
                .bindByType("to", filter.to(), Instant.class)
                .bindByType("channelId", filter.channelId(), UUID.class)
                .bind("limit", limit)
                .map(PostStore::row)
                .list();
        Map<UUID, List<Target>> byPost =
                targets.of(tx, rows.stream().map(Row::id).toList());
        return rows.stream()
                .map(row -> row.with(byPost.getOrDefault(row.id, List.of())))
                .toList();
    }

    /** A change of its targets that does not change its status is a new version as well. */
    void changed(Handle tx, UUID id, Instant now) {
        tx.createUpdate("update posts set updated_at = :now, version = version + 1 where id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    PostStatus status(Handle tx, UUID id) {
        return tx.createQuery("select status from posts where id = :id")
                .bind("id", id)
                .map(row -> PostStatus.of(row.getColumn("status", String.class)))
                .one();
    }

    /** Writes the status; every step is a new version. */
    void changeStatus(Handle tx, UUID id, PostStatus status, Instant now) {
        tx.createUpdate("""
                        update posts set status = :status, updated_at = :now, version = version + 1 where id = :id
                        """)
                .bind("status", status.value())
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    void delete(Handle tx, UUID id) {
        tx.createUpdate("delete from posts where id = :id").bind("id", id).execute();
    }

    void unschedule(Handle tx, UUID id) {
        tx.createUpdate("update posts set scheduled_at = null where id = :id")
                .bind("id", id)
                .execute();
    }

    /** A post without its targets. */
    private record Row(
            UUID id,
            String content,
            @Nullable String externalId,
            Map<String, String> metadata,
            PostStatus status,
            @Nullable Instant scheduledAt,
            Instant createdAt,
            Instant updatedAt,
            int version) {

        Post with(List<Target> targets) {
            return new Post(
                    id, content, targets, scheduledAt, externalId, metadata, status, createdAt, updatedAt, version);
        }
    }

    private static Row row(RowView row) {
        return new Row(
                row.getColumn("id", UUID.class),
                row.getColumn("content", String.class),
                row.getColumn("external_id", String.class),
                metadata(row.getColumn("metadata", String.class)),
                PostStatus.of(row.getColumn("status", String.class)),
                row.getColumn("scheduled_at", Instant.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class),
                row.getColumn("version", Integer.class));
    }

    private static Map<String, String> metadata(String json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : Json.tree(json).properties()) {
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        return metadata;
    }
}
