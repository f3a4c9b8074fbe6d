package io.flowapi.posts;

import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.PublishOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What becomes of a target by no answer of a network: it is not sent, not yet, or not any more. */
final class Unsent {

    private final ClaimedTargets claimed;
    private final PostStore posts;
    private final TargetOutcomes outcomes;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Duration latenessMax;
    private final SendingStore sendings = new SendingStore();
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();

    Unsent(
            ClaimedTargets claimed,
            PostStore posts,
            TargetOutcomes outcomes,
            JobQueue queue,
            InstantSource clock,
            Duration latenessMax) {
        this.claimed = claimed;
        this.posts = posts;
        this.outcomes = outcomes;
        this.queue = queue;
        this.clock = clock;
        this.latenessMax = latenessMax;
    }

    boolean tooLate(Outgoing target) {
        return target.isLater(latenessMax, clock.instant());
    }

    /** Ends a target that did not go out in time, unless its user has made it due again meanwhile. */
    @Nullable
    Void tooLate(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        if (target.equals(seen)) {
            outcomes.failed(tx, target, TargetErrors.tooLate(latenessMax));
            queue.complete(tx, claim);
            posts.refresh(tx, target.postId(), now);
        } else {
            queue.reschedule(tx, claim, now);
        }
        return null;
    }

    /** Nothing was tried: it is as soon as it may be, however long the target has been waiting. */
    @Nullable
    Void heldBack(Handle tx, Claim claim, Outgoing seen, PublishOutcome.NotSent why) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        if (!sendings.failedBy(tx, target.id(), why.error().code())) {
            outcomes.waits(tx, target, why.error());
            posts.changed(tx, target.postId(), now);
        }
        queue.reschedule(tx, claim, now.plus(why.retryAfter()));
        return null;
    }

    /** Ends a target whose channel was deleted while it waited. */
    @Nullable
    Void channelGone(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        outcomes.failed(tx, target, TargetErrors.channelDeletedBefore());
        queue.complete(tx, claim);
        posts.refresh(tx, target.postId(), now);
        return null;
    }

    /** Ends a target that faults of ours have kept from going out, or from being resolved, for a day. */
    void gaveUp(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        switch (target.status()) {
            case PENDING -> {
                if (doubtful.mayHaveCome(tx, target.id()) || repeats.open(tx, target.id())) {
                    outcomes.needsPerson(tx, target, TargetErrors.serverFaultAfterSend());
                } else {
                    outcomes.failed(tx, target, TargetErrors.serverFault());
                }
            }
            case PUBLISHING, UNKNOWN -> outcomes.needsPerson(tx, target, TargetErrors.serverFaultAfterSend());
            case PUBLISHED, FAILED, CANCELLED -> {
                return;
            }
        }
        posts.refresh(tx, target.postId(), now);
    }

    /** Takes up again, at the console's wish, what has failed by a fault of ours, and nothing else that has failed. */
    @Nullable
    Void revived(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        if (target.status() == TargetStatus.FAILED && sendings.failedBy(tx, target.id(), TargetErrors.SERVER_FAULT)) {
            outcomes.revived(tx, target, now);
            posts.refresh(tx, target.postId(), now);
            queue.reschedule(tx, claim, now);
        } else {
            queue.complete(tx, claim);
        }
        return null;
    }
}
