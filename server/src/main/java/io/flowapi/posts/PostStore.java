package io.flowapi.posts;

import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.events.EventLog;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import io.flowapi.posts.PostEventStore.Numbered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The posts table. Nobody else writes a status into it, so that none is written without its event. */
public final class PostStore {

    private static final String SELECT = """
            select p.id, p.content, p.external_id, p.metadata, p.status, p.warnings,
                   p.scheduled_at, p.created_at, p.updated_at, p.version
            from posts p
            """;

    private final TargetStore targets;
    private final PostEventStore told;

    public PostStore(TargetStore targets, EventLog events) {
        this.targets = targets;
        this.told = new PostEventStore(targets, events);
    }

    void insert(Handle tx, Caller caller, Post post) {
        Optional<EventType> event = PostEventStore.type(post.status());
        tx.createUpdate("""
                        insert into posts
                          (id, user_id, mode, content, external_id, metadata, status, warnings, scheduled_at,
                           created_at, updated_at, version, event_sequence)
                        values
                          (:id, :userId, :mode, :content, :externalId, :metadata, :status, :warnings, :scheduledAt,
                           :createdAt, :updatedAt, :version, :events)
                        """)
                .bind("id", post.id())
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("content", post.content())
                .bind("externalId", post.externalId())
                .bind("metadata", Json.text(post.metadata()))
                .bind("status", post.status().value())
                .bind("warnings", Json.text(post.warnings()))
                .bindByType("scheduledAt", post.scheduledAt(), Instant.class)
                .bind("createdAt", post.createdAt())
                .bind("updatedAt", post.updatedAt())
                .bind("version", post.version())
                .bind("events", event.isPresent() ? 1 : 0)
                .execute();
        event.ifPresent(type -> told.append(tx, type, caller, post));
    }

    /** What its user may change of a post that has not started, with its status; after its targets, which are told too. */
    void update(Handle tx, Post post) {
        Optional<EventType> event = event(tx, post.id(), post.status());
        List<Numbered> changed = tx.createQuery("""
                        update posts
                        set content = :content, external_id = :externalId, metadata = :metadata, status = :status,
                            warnings = :warnings, scheduled_at = :scheduledAt, updated_at = :updatedAt, version = :version,
                            event_sequence = event_sequence + :events
                        where id = :id
                        returning
                        """ + PostEventStore.NUMBERED)
                .bind("id", post.id())
                .bind("content", post.content())
                .bind("externalId", post.externalId())
                .bind("metadata", Json.text(post.metadata()))
                .bind("status", post.status().value())
                .bind("warnings", Json.text(post.warnings()))
                .bindByType("scheduledAt", post.scheduledAt(), Instant.class)
                .bind("updatedAt", post.updatedAt())
                .bind("version", post.version())
                .bind("events", event.isPresent() ? 1 : 0)
                .map(Numbered::of)
                .list();
        event.ifPresent(type -> told.append(tx, type, changed));
    }

    Optional<Post> find(Handle tx, Caller caller, UUID id) {
        return tx.createQuery(SELECT + "where p.id = :id and p.user_id = :userId and p.mode = :mode")
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(PostRow::of)
                .findOne()
                .map(row -> row.with(targets.of(tx, List.of(row.id())).getOrDefault(row.id(), List.of())));
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
        List<PostRow> rows = tx.createQuery(SELECT + """
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
                .map(PostRow::of)
                .list();
        Map<UUID, List<Target>> byPost =
                targets.of(tx, rows.stream().map(PostRow::id).toList());
        return rows.stream()
                .map(row -> row.with(byPost.getOrDefault(row.id(), List.of())))
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

    /** Writes the status, after those of the targets that it follows from; every step is a new version. */
    void changeStatus(Handle tx, UUID id, PostStatus status, Instant now) {
        Optional<EventType> event = event(tx, id, status);
        List<Numbered> changed = tx.createQuery("""
                        update posts
                        set status = :status, updated_at = :now, version = version + 1,
                            event_sequence = event_sequence + :events
                        where id = :id
                        returning
                        """ + PostEventStore.NUMBERED)
                .bind("status", status.value())
                .bind("now", now)
                .bind("events", event.isPresent() ? 1 : 0)
                .bind("id", id)
                .map(Numbered::of)
                .list();
        event.ifPresent(type -> told.append(tx, type, changed));
    }

    /** Brings the status in line with the targets. */
    void refresh(Handle tx, UUID id, Instant now) {
        changeStatus(tx, id, PostStatuses.of(status(tx, id), targets.standings(tx, id)), now);
    }

    /** What is told when the post comes to the status: nothing when it has it. */
    private Optional<EventType> event(Handle tx, UUID id, PostStatus status) {
        return PostEventStore.type(status).filter(_ -> status(tx, id) != status);
    }

    /** After the targets on a channel were cancelled: a scheduled post with nothing left to send is cancelled too. */
    void cancelScheduledOn(Handle tx, UUID channel, Instant now) {
        List<UUID> cancelled = tx.createQuery("""
                        update posts
                        set status = 'cancelled', updated_at = :now, version = version + 1,
                            event_sequence = event_sequence + 1
                        where status = 'scheduled'
                          and id in (select post_id from targets where channel_id = :channel and status = 'cancelled')
                          and not exists (select 1 from targets t where t.post_id = posts.id and t.status <> 'cancelled')
                        returning id
                        """)
                .bind("now", now)
                .bind("channel", channel)
                .mapTo(UUID.class)
                .list();
        tx.createUpdate("""
                        update posts set updated_at = :now, version = version + 1
                        where status = 'scheduled'
                          and id in (select post_id from targets where channel_id = :channel and status = 'cancelled')
                        """).bind("now", now).bind("channel", channel).execute();
        told.appendEach(tx, EventType.POST_CANCELLED, cancelled);
    }

    void delete(Handle tx, UUID id) {
        tx.createUpdate("delete from posts where id = :id").bind("id", id).execute();
    }

    void unschedule(Handle tx, UUID id) {
        tx.createUpdate("update posts set scheduled_at = null where id = :id")
                .bind("id", id)
                .execute();
    }
}
