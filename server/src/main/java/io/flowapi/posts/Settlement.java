package io.flowapi.posts;

import io.flowapi.api.model.AttemptOutcome;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.ProviderResponse;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a send: target, attempt, post and job change together or not at all. */
public final class Settlement {

    static final int SENDS_MAX = 5;

    /** More than deaths of a server explain: then it may be the send that kills it. */
    private static final int INTERRUPTED_MAX = 100;

    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(1);

    private static final Duration PATIENCE_MAX = Duration.ofMinutes(10);

    private final PostStore posts;
    private final TargetStore targets;
    private final ChannelStore channels;
    private final TargetOutcomes outcomes;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Duration latenessMax;
    private final SendingStore sendings = new SendingStore();

    public Settlement(
            PostStore posts,
            TargetStore targets,
            ChannelStore channels,
            TargetOutcomes outcomes,
            JobQueue queue,
            InstantSource clock,
            Duration latenessMax) {
        this.posts = posts;
        this.targets = targets;
        this.channels = channels;
        this.outcomes = outcomes;
        this.queue = queue;
        this.clock = clock;
        this.latenessMax = latenessMax;
    }

    /** Keeps everybody else from the post, and a worker that has lost its lease from all of it. */
    void hold(Handle tx, Claim claim, UUID post, Instant now) {
        posts.lock(tx, post);
        queue.hold(tx, claim, now);
    }

    /**
     * The send to ask about. A target still publishing was left by a worker that went away after the start was committed; one
     * that is pending is not sent again.
     */
    Sending unanswered(Handle tx, Claim claim, Outgoing target) {
        Instant now = clock.instant();
        hold(tx, claim, target.postId(), now);
        Sending sending = sendings.last(tx, target);
        if (target.status() == TargetStatus.PUBLISHING) {
            outcomes.unknown(tx, target, TargetErrors.interrupted(), now);
            posts.changed(tx, target.postId(), now);
            sendings.ended(tx, sending, AttemptOutcome.UNKNOWN, TargetErrors.interrupted(), now);
        } else if (target.status() == TargetStatus.PENDING) {
            outcomes.unknown(tx, target, TargetErrors.mayStillCome(), now);
            posts.changed(tx, target.postId(), now);
        }
        return sending;
    }

    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, PublishOutcome outcome) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, sending.targetId(), now);
        answer(outcome).ifPresent(answer -> sendings.answered(tx, sending, answer));
        switch (outcome) {
            case PublishOutcome.Published(String id, String _, ProviderResponse _)
            when sendings.isOfAnother(tx, target, id) -> {
                sendings.ended(tx, sending, AttemptOutcome.NOT_SENT, TargetErrors.looksLikeAnother(id), now);
                needsPerson(tx, claim, target, TargetErrors.looksLikeAnother(id));
            }
            case PublishOutcome.Published(String id, String url, ProviderResponse _) -> {
                outcomes.published(tx, target, id, url, now);
                channels.works(tx, target.channelId());
                end(tx, claim, sending, AttemptOutcome.PUBLISHED, null, now);
            }
            case PublishOutcome.Rejected(TargetError error) -> refused(tx, claim, target, sending, error);
            case PublishOutcome.NotSent(TargetError error, Duration wait) -> {
                sendings.ended(tx, sending, AttemptOutcome.NOT_SENT, error, now);
                waitAndSend(tx, claim, target, error, wait, now);
            }
            case PublishOutcome.Unknown(TargetError error) -> {
                outcomes.unknown(tx, target, error, now);
                sendings.ended(tx, sending, AttemptOutcome.UNKNOWN, error, now);
                queue.reschedule(tx, claim, Priority.BACKGROUND, now);
            }
        }
        refresh(tx, target.postId(), now);
        return null;
    }

    /** A request of before that may still come makes the refusal of this one say nothing of the post. */
    private void refused(Handle tx, Claim claim, Outgoing target, Sending sending, TargetError error) {
        Instant now = clock.instant();
        sendings.ended(tx, sending, AttemptOutcome.REJECTED, error, now);
        Optional<Instant> mayCome = sendings.mayComeUntil(tx, target.id(), now);
        if (mayCome.isPresent()) {
            askWhenNothingComes(tx, claim, target, mayCome.get());
        } else {
            outcomes.failed(tx, target, error);
            queue.complete(tx, claim);
        }
    }

    private void askWhenNothingComes(Handle tx, Claim claim, Outgoing target, Instant mayComeUntil) {
        outcomes.unknown(tx, target, TargetErrors.mayStillCome(), clock.instant());
        queue.reschedule(tx, claim, Priority.BACKGROUND, mayComeUntil);
    }

    private static Optional<ProviderResponse> answer(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Published published -> Optional.ofNullable(published.answer());
            case PublishOutcome.Rejected(TargetError error) -> answer(error);
            case PublishOutcome.NotSent(TargetError error, Duration _) -> answer(error);
            case PublishOutcome.Unknown(TargetError error) -> answer(error);
        };
    }

    private static Optional<ProviderResponse> answer(TargetError error) {
        return Optional.ofNullable(error.providerStatus())
                .map(status -> new ProviderResponse(status, error.providerBody()));
    }

    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, Resolution resolution) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, sending.targetId(), now);
        switch (resolution) {
            case Resolution.Found(String id, String _, Instant _)
            when sendings.isOfAnother(tx, target, id) ->
                needsPerson(tx, claim, target, TargetErrors.looksLikeAnother(id));
            case Resolution.Found(String id, String url, Instant at) -> {
                outcomes.published(tx, target, id, url, at);
                end(tx, claim, sending, AttemptOutcome.FOUND, null, now);
            }
            case Resolution.Refused(TargetError error) -> {
                outcomes.failed(tx, target, error);
                end(tx, claim, sending, AttemptOutcome.REFUSED, error, now);
            }
            case Resolution.Undecided(TargetError error, Duration wait) -> {
                if (target.askUntil() != null && !now.isBefore(target.askUntil())) {
                    needsPerson(tx, claim, target, TargetErrors.neverTold(error));
                } else {
                    outcomes.unknown(tx, target, error, now);
                    Instant next = now.plus(patience(wait, sending.startedAt(), now));
                    queue.reschedule(tx, claim, Priority.BACKGROUND, next);
                }
            }
            case Resolution.Untold(TargetError error) -> needsPerson(tx, claim, target, error);
            case Resolution.Absent absent -> absent(tx, claim, target, sending, absent);
        }
        refresh(tx, target.postId(), now);
        return null;
    }

    private void needsPerson(Handle tx, Claim claim, Outgoing target, TargetError error) {
        outcomes.needsPerson(tx, target, error);
        queue.complete(tx, claim);
    }

    private void absent(Handle tx, Claim claim, Outgoing target, Sending sending, Resolution.Absent absent) {
        Instant now = clock.instant();
        Optional<TargetError> end = sendings.refusal(tx, sending);
        boolean ours = target.attempts() < INTERRUPTED_MAX && sendings.interrupted(tx, sending);
        if (end.isEmpty()) {
            sendings.absent(tx, sending, absent.mayComeUntil(), now);
            if (ours) {
                // That we died says nothing of the network.
                sendings.forgive(tx, target.id());
            }
            end = noMore(tx, target);
        }
        Optional<Instant> mayCome = sendings.mayComeUntil(tx, target.id(), now);
        if (end.isEmpty()) {
            outcomes.pendingAgain(tx, target, TargetErrors.notThere());
            queue.reschedule(tx, claim, Priority.TIMELY, now.plus(ours ? AFTER_INTERRUPTION : absent.retryAfter()));
        } else if (mayCome.isPresent()) {
            askWhenNothingComes(tx, claim, target, mayCome.get());
        } else {
            outcomes.failed(tx, target, end.get());
            queue.complete(tx, claim);
        }
    }

    /** Why what is not there is not sent again; empty when it is. */
    private Optional<TargetError> noMore(Handle tx, Outgoing target) {
        if (sendings.absences(tx, target.id()) >= SENDS_MAX) {
            return Optional.of(TargetErrors.gaveUp());
        }
        return tooLate(target) ? Optional.of(TargetErrors.tooLate(latenessMax)) : Optional.empty();
    }

    /** The request could not even be made: nothing was sent. */
    @Nullable
    Void notStarted(Handle tx, Claim claim, Outgoing seen, PublishOutcome outcome) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        switch (outcome) {
            case PublishOutcome.NotSent(TargetError error, Duration wait) ->
                waitAndSend(tx, claim, target, error, wait, now);
            case PublishOutcome.Rejected(TargetError error) -> {
                outcomes.failed(tx, target, error);
                queue.complete(tx, claim);
            }
            case PublishOutcome.Published _, PublishOutcome.Unknown _ ->
                throw new IllegalStateException("a preparation sends nothing");
        }
        refresh(tx, target.postId(), now);
        return null;
    }

    /** Whether the target is not out for so long that its user may not want it out any more. */
    boolean tooLate(Outgoing target) {
        return latenessMax.isPositive()
                && target.dueAt() != null
                && target.dueAt().plus(latenessMax).isBefore(clock.instant());
    }

    /** Ends a target that did not go out in time, unless its user has made it due again meanwhile. */
    @Nullable
    Void tooLate(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        if (target.equals(seen)) {
            outcomes.failed(tx, target, TargetErrors.tooLate(latenessMax));
            queue.complete(tx, claim);
            refresh(tx, target.postId(), now);
        } else {
            queue.reschedule(tx, claim, now);
        }
        return null;
    }

    /** Nothing was tried: it is as soon as it may be, however long the target has been waiting. */
    @Nullable
    Void heldBack(Handle tx, Claim claim, Outgoing seen, PublishOutcome.NotSent why) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        outcomes.waits(tx, target, why.error());
        queue.reschedule(tx, claim, now.plus(why.retryAfter()));
        return null;
    }

    /** Ends a target whose channel was deleted while it waited. */
    @Nullable
    Void channelGone(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        outcomes.failed(tx, target, TargetErrors.channelDeletedBefore());
        queue.complete(tx, claim);
        refresh(tx, target.postId(), now);
        return null;
    }

    /** Ends a target that faults of ours have kept from going out, or from being resolved, for a day. */
    void gaveUp(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        switch (target.status()) {
            case PENDING -> outcomes.failed(tx, target, TargetErrors.serverFault());
            case PUBLISHING, UNKNOWN -> outcomes.needsPerson(tx, target, TargetErrors.serverFaultAfterSend());
            case PUBLISHED, FAILED, CANCELLED -> {
                return;
            }
        }
        refresh(tx, target.postId(), now);
    }

    /** Takes up again, at the console's wish, what has failed by a fault of ours, and nothing else that has failed. */
    @Nullable
    Void revived(Handle tx, Claim claim, Outgoing seen) {
        Instant now = clock.instant();
        Outgoing target = locked(tx, claim, seen.id(), now);
        if (target.status() == TargetStatus.FAILED && sendings.failedBy(tx, target.id(), TargetErrors.SERVER_FAULT)) {
            outcomes.revived(tx, target, now);
            refresh(tx, target.postId(), now);
            queue.reschedule(tx, claim, now);
        } else {
            queue.complete(tx, claim);
        }
        return null;
    }

    /** While one of its targets is being sent a post is publishing, whatever the others are. */
    void started(Handle tx, UUID post, Instant now) {
        posts.changeStatus(tx, post, PostStatus.PUBLISHING, now);
    }

    /** Brings a post's status in line with its targets. */
    void refresh(Handle tx, UUID post, Instant now) {
        PostStatus current = posts.status(tx, post);
        posts.changeStatus(tx, post, PostStatuses.of(current, targets.standings(tx, post)), now);
    }

    /** The target as it is now that nobody else can change it; a claim is held for as long as its target is. */
    private Outgoing locked(Handle tx, Claim claim, UUID target, Instant now) {
        sendings.outgoing(tx, target).ifPresent(found -> posts.lock(tx, found.postId()));
        queue.hold(tx, claim, now);
        return sendings.outgoing(tx, target).orElseThrow();
    }

    private void end(
            Handle tx, Claim claim, Sending sending, AttemptOutcome outcome, @Nullable TargetError error, Instant now) {
        sendings.ended(tx, sending, outcome, error, now);
        queue.complete(tx, claim);
    }

    private void waitAndSend(Handle tx, Claim claim, Outgoing target, TargetError error, Duration wait, Instant now) {
        outcomes.pendingAgain(tx, target, error);
        Instant due = target.dueAt() == null ? now : target.dueAt();
        queue.reschedule(tx, claim, now.plus(patience(wait, due, now)));
    }

    /** The longer something fails, the less often it is tried: half as long again, ten minutes at most. */
    private static Duration patience(Duration asked, Instant since, Instant now) {
        Duration half = Duration.between(since, now).dividedBy(2);
        Duration bounded = half.compareTo(PATIENCE_MAX) < 0 ? half : PATIENCE_MAX;
        return asked.compareTo(bounded) > 0 ? asked : bounded;
    }
}
