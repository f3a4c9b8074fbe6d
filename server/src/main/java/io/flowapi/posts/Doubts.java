package io.flowapi.posts;

import io.flowapi.api.model.AttemptOutcome;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.posts.DoubtStore.Absences;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sends of which it is not known what became: what is asked, and what follows from what the network says. */
final class Doubts {

    static final int SENDS_MAX = 5;

    /** More than deaths of a server explain: then it is the send that it dies of, or fails at. */
    static final int INTERRUPTED_MAX = 50;

    private final ClaimedTargets claimed;
    private final PostStore posts;
    private final TargetOutcomes outcomes;
    private final JobQueue queue;
    private final InstantSource clock;
    private final Duration latenessMax;
    private final SendingStore sendings = new SendingStore();
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();

    Doubts(
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

    /**
     * The send to ask about. A target still publishing was left by a worker that went away after the start was committed; one
     * that is pending is not sent again.
     */
    Sending unanswered(Handle tx, Claim claim, Outgoing target) {
        Instant now = clock.instant();
        claimed.hold(tx, claim, target.postId(), now);
        Sending sending = doubtful.last(tx, target);
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

    /** @param askedAt what the network said is as of then */
    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, Resolution resolution, Instant askedAt) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, sending.targetId(), now);
        switch (resolution) {
            case Resolution.Found(String id, String _, Instant _)
            when doubtful.isOfAnother(tx, target, id) ->
                needsPerson(tx, claim, target, TargetErrors.looksLikeAnother(id));
            case Resolution.Found(String id, String url, Instant at) -> {
                outcomes.published(tx, target, id, url, at);
                end(tx, claim, sending, AttemptOutcome.FOUND, null, now);
            }
            case Resolution.Refused(TargetError error) -> {
                outcomes.failed(tx, target, error);
                end(tx, claim, sending, AttemptOutcome.REFUSED, error, now);
            }
            case Resolution.Undecided(TargetError error, Duration wait) ->
                askAgain(tx, claim, target, error, now.plus(Patience.atLeast(wait, sending.startedAt(), now)));
            case Resolution.NotShown(TargetError error, Duration wait) -> {
                doubtful.notShown(tx, sending, askedAt);
                askAgain(tx, claim, target, error, now.plus(wait));
            }
            case Resolution.Untold(TargetError error) -> needsPerson(tx, claim, target, error);
            case Resolution.Absent absent -> absent(tx, claim, target, sending, absent, askedAt);
            case Resolution.SendAgain again -> sendAgain(tx, claim, target, sending, again);
        }
        posts.refresh(tx, target.postId(), now);
        return null;
    }

    private void askAgain(Handle tx, Claim claim, Outgoing target, TargetError error, Instant next) {
        Instant now = clock.instant();
        if (target.askUntil() != null && !now.isBefore(target.askUntil())) {
            needsPerson(tx, claim, target, TargetErrors.neverTold(error));
        } else {
            outcomes.unknown(tx, target, error, now);
            queue.reschedule(tx, claim, Priority.BACKGROUND, next);
        }
    }

    private void needsPerson(Handle tx, Claim claim, Outgoing target, TargetError error) {
        outcomes.needsPerson(tx, target, error);
        queue.complete(tx, claim);
    }

    private void absent(
            Handle tx, Claim claim, Outgoing target, Sending sending, Resolution.Absent absent, Instant askedAt) {
        Instant now = clock.instant();
        Optional<TargetError> end = doubtful.refusal(tx, sending);
        boolean interrupted = doubtful.interrupted(tx, sending);
        if (end.isEmpty()) {
            doubtful.absent(tx, sending, interrupted, absent.mayComeAfter(askedAt), now);
            end = noMore(tx, target);
        }
        doubtful.neverCame(tx, target.id(), askedAt);
        Optional<Instant> mayCome = doubtful.mayComeUntil(tx, target.id(), askedAt);
        if (end.isEmpty()) {
            outcomes.pendingAgain(tx, target, TargetErrors.notThere());
            Duration wait = interrupted ? afterInterruption(tx, target) : absent.retryAfter();
            queue.reschedule(tx, claim, Priority.TIMELY, now.plus(wait));
        } else if (mayCome.isPresent()) {
            askWhenNothingComes(tx, claim, target, mayCome.get());
        } else {
            outcomes.failed(tx, target, end.get());
            queue.complete(tx, claim);
        }
    }

    /** Where nobody can look, what is not sent again stays unknown. */
    private void sendAgain(Handle tx, Claim claim, Outgoing target, Sending sending, Resolution.SendAgain again) {
        repeats.repeated(tx, sending, again.mayComeUntil());
        Optional<TargetError> end = noMore(tx, target);
        if (end.isPresent()) {
            needsPerson(tx, claim, target, TargetErrors.notSentAgain(end.get()));
            return;
        }
        outcomes.pendingAgain(tx, target, again.error());
        boolean interrupted = doubtful.interrupted(tx, sending);
        Duration wait = interrupted ? afterInterruption(tx, target) : again.retryAfter();
        queue.reschedule(tx, claim, Priority.TIMELY, clock.instant().plus(wait));
    }

    /** That we died says nothing of the network; but what is interrupted again and again is not tried all the time. */
    private Duration afterInterruption(Handle tx, Outgoing target) {
        return Duration.ofSeconds(doubtful.absences(tx, target.id()).interrupted());
    }

    /** Why what is not there is not sent again; empty when it is. */
    private Optional<TargetError> noMore(Handle tx, Outgoing target) {
        Absences absences = doubtful.absences(tx, target.id());
        if (absences.lost() >= SENDS_MAX) {
            return Optional.of(TargetErrors.gaveUp());
        }
        if (absences.interrupted() >= INTERRUPTED_MAX) {
            return Optional.of(TargetErrors.alwaysInterrupted());
        }
        return target.isLater(latenessMax, clock.instant())
                ? Optional.of(TargetErrors.tooLate(latenessMax))
                : Optional.empty();
    }

    /** While a request may still come nobody may say that the post never does. */
    void askWhenNothingComes(Handle tx, Claim claim, Outgoing target, Instant mayComeUntil) {
        outcomes.unknown(tx, target, TargetErrors.mayStillCome(), clock.instant());
        queue.reschedule(tx, claim, Priority.BACKGROUND, mayComeUntil);
    }

    private void end(
            Handle tx, Claim claim, Sending sending, AttemptOutcome outcome, @Nullable TargetError error, Instant now) {
        sendings.ended(tx, sending, outcome, error, now);
        queue.complete(tx, claim);
    }
}
