package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a send: target, attempt, post and job change together or not at all. */
public final class Settlement {

    static final int SENDS_MAX = 5;

    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final JobQueue queue;
    private final InstantSource clock;
    private final SendingStore sendings = new SendingStore();

    public Settlement(
            PostStore posts, TargetStore targets, ChannelStore channels, JobQueue queue, InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.queue = queue;
        this.clock = clock;
    }

    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, PublishOutcome outcome) {
        Instant now = clock.instant();
        UUID post = lockedPost(tx, sending);
        UUID target = sending.targetId();
        switch (outcome) {
            case PublishOutcome.Published(String id, String url) -> {
                sendings.published(tx, target, id, url, now);
                end(tx, claim, sending, "published", now);
            }
            case PublishOutcome.Rejected(TargetError error) -> {
                fail(tx, sending, error);
                end(tx, claim, sending, "rejected", now);
            }
            case PublishOutcome.NotSent(TargetError error, Duration wait) -> {
                sendings.notPublished(tx, target, TargetStatus.PENDING, error);
                sendings.ended(tx, sending, "not_sent", now);
                queue.reschedule(tx, claim, now.plus(wait));
            }
            case PublishOutcome.Unknown(TargetError error) -> {
                sendings.notPublished(tx, target, TargetStatus.UNKNOWN, error);
                sendings.ended(tx, sending, "unknown", now);
                queue.reschedule(tx, claim, now);
            }
        }
        refresh(tx, post, now);
        return null;
    }

    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, Resolution resolution) {
        Instant now = clock.instant();
        UUID post = lockedPost(tx, sending);
        switch (resolution) {
            case Resolution.Found(String id, String url, Instant at) -> {
                sendings.published(tx, sending.targetId(), id, url, at);
                end(tx, claim, sending, "found", now);
            }
            case Resolution.Absent()
            when sending.attempt() >= SENDS_MAX -> {
                fail(tx, sending, gaveUp());
                end(tx, claim, sending, "absent", now);
            }
            case Resolution.Absent() -> {
                sendings.pendingAgain(tx, sending.targetId());
                sendings.ended(tx, sending, "absent", now);
                queue.reschedule(tx, claim, now.plus(Duration.ofSeconds(1L << sending.attempt() - 1)));
            }
        }
        refresh(tx, post, now);
        return null;
    }

    /** Ends a target whose channel was deleted while it waited. */
    void channelGone(Handle tx, Claim claim, UUID target, UUID post) {
        sendings.notPublished(
                tx,
                target,
                TargetStatus.FAILED,
                new TargetError(
                        ErrorCategory.ACCOUNT_ISSUE,
                        "channel_deleted",
                        "The channel was deleted before the post went out.",
                        "Create the post again on another channel.",
                        false,
                        null,
                        null));
        queue.complete(tx, claim);
        refresh(tx, post, clock.instant());
    }

    /** Brings a post's status in line with its targets. */
    void refresh(Handle tx, UUID post, Instant now) {
        PostStatus current = posts.status(tx, post);
        posts.changeStatus(tx, post, PostStatuses.of(current, targets.statuses(tx, post)), now);
    }

    private UUID lockedPost(Handle tx, Sending sending) {
        UUID post = sendings.postOf(tx, sending.targetId()).orElseThrow();
        posts.lock(tx, post);
        return post;
    }

    private void end(Handle tx, Claim claim, Sending sending, String outcome, Instant now) {
        sendings.ended(tx, sending, outcome, now);
        queue.complete(tx, claim);
    }

    private void fail(Handle tx, Sending sending, TargetError error) {
        sendings.notPublished(tx, sending.targetId(), TargetStatus.FAILED, error);
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, sending.channelId());
        }
    }

    private static TargetError gaveUp() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "After " + SENDS_MAX + " sends the network still does not have the post.",
                "Create the post again when the network works.",
                true,
                null,
                null);
    }
}
