package io.flowapi.posts;

import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.events.ChangedResource;
import io.flowapi.events.EventLog;
import io.flowapi.platform.http.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** Tells what posts have come to; {@link PostStore} does it with every status it writes. */
final class PostEventStore {

    private static final int READ_AT_ONCE = 250;

    static final String NUMBERED = """
            user_id, mode, event_sequence, id, content, external_id, metadata, status, warnings, scheduled_at,
            created_at, updated_at, version
            """;

    /** A post whose change is to be told, with the number of its event. */
    record Numbered(UUID userId, Mode mode, int sequence, PostRow row) {

        static Numbered of(RowView row) {
            return new Numbered(
                    row.getColumn("user_id", UUID.class),
                    Mode.of(row.getColumn("mode", String.class)),
                    row.getColumn("event_sequence", Integer.class),
                    PostRow.of(row));
        }

        private ChangedResource with(Map<UUID, List<Target>> targets) {
            Post post = row.with(targets.getOrDefault(row.id(), List.of()));
            return new ChangedResource(userId, mode, post.id(), sequence, data(post));
        }
    }

    private final TargetStore targets;
    private final EventLog events;

    PostEventStore(TargetStore targets, EventLog events) {
        this.targets = targets;
        this.events = events;
    }

    /** What is told of a post that comes to this status; nothing of what it only passes through. */
    static Optional<EventType> type(PostStatus status) {
        return switch (status) {
            case DRAFT, PUBLISHING -> Optional.empty();
            case SCHEDULED -> Optional.of(EventType.POST_SCHEDULED);
            case PUBLISHED -> Optional.of(EventType.POST_PUBLISHED);
            case PARTIALLY_PUBLISHED -> Optional.of(EventType.POST_PARTIALLY_PUBLISHED);
            case FAILED -> Optional.of(EventType.POST_FAILED);
            case NEEDS_ATTENTION -> Optional.of(EventType.POST_NEEDS_ATTENTION);
            case CANCELLED -> Optional.of(EventType.POST_CANCELLED);
        };
    }

    /** The first of a post that has just been made, which has the number 1. */
    void append(Handle tx, EventType type, Caller caller, Post post) {
        events.append(tx, type, new ChangedResource(caller.userId(), caller.mode(), post.id(), 1, data(post)));
    }

    /** The next of posts that have taken its number, with their targets as they are now. */
    void append(Handle tx, EventType type, List<Numbered> posts) {
        Map<UUID, List<Target>> byPost =
                targets.of(tx, posts.stream().map(post -> post.row().id()).toList());
        events.append(tx, type, posts.stream().map(post -> post.with(byPost)).toList());
    }

    /** As above, for any number of posts: no more than some of them are in memory. */
    void appendEach(Handle tx, EventType type, List<UUID> posts) {
        for (int from = 0; from < posts.size(); from += READ_AT_ONCE) {
            List<UUID> some = posts.subList(from, Math.min(from + READ_AT_ONCE, posts.size()));
            append(
                    tx,
                    type,
                    tx.createQuery("select " + NUMBERED + " from posts where id in (<posts>)")
                            .bindList("posts", some)
                            .map(Numbered::of)
                            .list());
        }
    }

    private static EventData data(Post post) {
        return new EventData(post, null, null, null, null, null);
    }
}
