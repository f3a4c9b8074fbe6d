package io.flowapi.posts;

import io.flowapi.api.model.AttemptOutcome;
import io.flowapi.api.model.AttemptResponse;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.ProviderResponse;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a worker reads and writes of a target: the columns of its way out, and the attempts. */
final class SendingStore {

    private static final int BODY_LENGTH_MAX = 4096;

    /** A target as the worker needs it; the content is the one for this channel. */
    record Outgoing(
            UUID id,
            UUID userId,
            Mode mode,
            UUID postId,
            UUID channelId,
            boolean channelGone,
            Provider provider,
            TargetStatus status,
            int attempts,
            @Nullable Instant dueAt,
            @Nullable Instant askUntil,
            String content,
            @Nullable TargetOptions options) {

        /** Whether it is not out for so long that its user may not want it out any more. */
        boolean isLater(Duration latenessMax, Instant now) {
            return latenessMax.isPositive()
                    && dueAt != null
                    && dueAt.plus(latenessMax).isBefore(now);
        }
    }

    Optional<Outgoing> outgoing(Handle tx, UUID target) {
        return tx.createQuery("""
                        select t.id, p.user_id, p.mode, t.post_id, t.channel_id, t.provider, t.status, t.attempts, t.due_at,
                               t.ask_until, t.options,
                               coalesce(t.content, p.content) as content, c.id is null as channel_gone
                        from targets t
                        join posts p on p.id = t.post_id
                        left join channels c on c.id = t.channel_id
                        where t.id = :id
                        """)
                .bind("id", target)
                .map(row -> new Outgoing(
                        row.getColumn("id", UUID.class),
                        row.getColumn("user_id", UUID.class),
                        Mode.of(row.getColumn("mode", String.class)),
                        row.getColumn("post_id", UUID.class),
                        row.getColumn("channel_id", UUID.class),
                        row.getColumn("channel_gone", Boolean.class),
                        Provider.of(row.getColumn("provider", String.class)),
                        TargetStatus.of(row.getColumn("status", String.class)),
                        row.getColumn("attempts", Integer.class),
                        row.getColumn("due_at", Instant.class),
                        row.getColumn("ask_until", Instant.class),
                        row.getColumn("content", String.class),
                        TargetStore.options(row.getColumn("options", String.class))))
                .findOne();
    }

    /** The record that a send starts. It must be committed before the first byte leaves. */
    void start(Handle tx, UUID attemptId, Sending sending, Instant claimedAt) {
        tx.createUpdate("""
                        update targets
                        set status = 'publishing', attempts = :attempt, claimed_at = :claimedAt, sent_at = :now
                        where id = :id
                        """)
                .bind("attempt", sending.attempt())
                .bind("claimedAt", claimedAt)
                .bind("now", sending.startedAt())
                .bind("id", sending.targetId())
                .execute();
        tx.createUpdate("""
                        insert into attempts (id, target_id, number, request, started_at)
                        values (:attemptId, :id, :attempt, :request, :now)
                        """)
                .bind("attemptId", attemptId)
                .bind("id", sending.targetId())
                .bind("attempt", sending.attempt())
                .bind("request", sending.request())
                .bind("now", sending.startedAt())
                .execute();
    }

    void published(Handle tx, UUID target, String providerPostId, @Nullable String url, Instant at) {
        tx.createUpdate("""
                        update targets
                        set status = 'published', provider_post_id = :providerPostId, url = :url,
                            published_at = :at, error = null, ask_until = null
                        where id = :id
                        """)
                .bind("providerPostId", providerPostId)
                .bind("url", url)
                .bind("at", at)
                .bind("id", target)
                .execute();
    }

    void notPublished(Handle tx, UUID target, TargetStatus status, TargetError error) {
        tx.createUpdate("update targets set status = :status, error = :error, ask_until = null where id = :id")
                .bind("status", status.value())
                .bind("error", Json.text(error))
                .bind("id", target)
                .execute();
    }

    /** @param until the network is asked, unless that was decided when it became unknown */
    void unknown(Handle tx, UUID target, TargetError error, Instant until) {
        tx.createUpdate("""
                        update targets
                        set status = 'unknown', error = :error, ask_until = coalesce(ask_until, :until)
                        where id = :id
                        """)
                .bind("error", Json.text(error))
                .bind("until", until)
                .bind("id", target)
                .execute();
    }

    /** Back to the queue, keeping what went wrong; nothing of it was sent. */
    void pendingAgain(Handle tx, UUID target) {
        tx.createUpdate("update targets set status = 'pending', sent_at = null where id = :id")
                .bind("id", target)
                .execute();
    }

    /** Whether this is what is said of the target. */
    boolean failedBy(Handle tx, UUID target, String code) {
        return tx.createQuery("select error from targets where id = :id")
                .bind("id", target)
                .map(row -> TargetStore.error(row.getColumn("error", String.class)))
                .findOne()
                .filter(error -> error.code().equals(code))
                .isPresent();
    }

    void revived(Handle tx, UUID target, Instant now) {
        tx.createUpdate("""
                        update targets
                        set status = 'pending', due_at = :now, claimed_at = null, sent_at = null, error = null
                        where id = :id
                        """).bind("now", now).bind("id", target).execute();
    }

    /** @param error what was answered; null when all went well */
    void ended(Handle tx, Sending sending, AttemptOutcome outcome, @Nullable TargetError error, Instant at) {
        tx.createUpdate("""
                        update attempts set outcome = :outcome, error = :error, ended_at = :at
                        where target_id = :id and number = :number
                        """)
                .bind("outcome", outcome.value())
                .bind("error", error == null ? null : Json.text(error))
                .bind("at", at)
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .execute();
    }

    /** What the network said to this send, whatever is found out about it later. */
    void answered(Handle tx, Sending sending, ProviderResponse answer) {
        String body = answer.body() == null ? null : Shown.of(answer.body(), BODY_LENGTH_MAX);
        tx.createUpdate("update attempts set response = :response where target_id = :id and number = :number")
                .bind("response", Json.text(new AttemptResponse(answer.status(), body)))
                .bind("id", sending.targetId())
                .bind("number", sending.attempt())
                .execute();
    }

    /** The end of an attempt that a person decided; what the network had answered stays. */
    void settled(Handle tx, UUID target, int number, Instant at) {
        tx.createUpdate("""
                        update attempts set outcome = 'settled', ended_at = :at
                        where target_id = :id and number = :number
                        """)
                .bind("at", at)
                .bind("id", target)
                .bind("number", number)
                .execute();
    }
}
