package io.flowapi.posts;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.Target;
import io.flowapi.platform.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds posts that would show the same on the same channel: two of one day are more likely a mistake than meant. */
final class DuplicateStore {

    static final Duration WITHIN = Duration.ofHours(24);

    private static final int HASH_BYTES = 16;

    /** What stands for a text in the targets table. */
    static String hash(String content) {
        return HexFormat.of().formatHex(sha256(content), 0, HASH_BYTES);
    }

    /** The targets of a post that another post has already, each with that post's id. */
    List<FieldError> of(Handle tx, Post post, Instant due) {
        List<Target> pending = TargetJobs.pending(post);
        lock(
                tx,
                pending,
                pending.stream().map(target -> hash(text(post, target))).toList());
        List<FieldError> errors = new ArrayList<>();
        for (Target target : pending) {
            String pointer = "/targets/" + post.targets().indexOf(target);
            seen(tx, post.id(), target.channelId(), text(post, target), due, pointer)
                    .ifPresent(errors::add);
        }
        return errors;
    }

    /** Another post than this with the text on the channel, as far as they are committed. */
    Optional<FieldError> seen(Handle tx, UUID post, UUID channel, String text, Instant due, String pointer) {
        return other(tx, post, channel, hash(text), due)
                .map(other -> Fields.body(
                        pointer, "duplicate_content", "Post " + other + " has the same content on this channel."));
    }

    static String text(Post post, Target target) {
        return target.content() == null ? post.content() : target.content();
    }

    /** Of two who are at it at the same moment the second waits and sees the first; in one order, so that neither blocks. */
    private static void lock(Handle tx, List<Target> targets, List<String> hashes) {
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            byte[] key = sha256(targets.get(i).channelId() + hashes.get(i));
            keys.add(ByteBuffer.wrap(key).getLong());
        }
        keys.stream()
                .sorted()
                .forEach(key -> tx.createQuery("select <heldUntilEnd>")
                        .bind("key", key)
                        .mapTo(String.class)
                        .list());
    }

    /** What has failed, was cancelled or was deleted on its network is not there; what is in doubt may be. */
    private static Optional<UUID> other(Handle tx, UUID post, UUID channel, String hash, Instant due) {
        return tx.createQuery("""
                        select post_id from targets
                        where channel_id = :channel
                          and content_hash = :hash
                          and due_at > :from
                          and due_at < :to
                          and status in ('pending', 'publishing', 'published', 'unknown')
                          and deleted_at is null
                          and post_id <> :post
                        order by due_at desc
                        limit 1
                        """)
                .bind("channel", channel)
                .bind("hash", hash)
                .bind("from", due.minus(WITHIN))
                .bind("to", due.plus(WITHIN))
                .bind("post", post)
                .mapTo(UUID.class)
                .findOne();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
