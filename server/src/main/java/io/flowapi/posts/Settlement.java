package io.flowapi.posts;

import io.flowapi.api.model.AttemptOutcome;
import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.ProviderResponse;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes down what became of a send: target, attempt, post and job change together or not at all. */
final class Settlement {

    private final ClaimedTargets claimed;
    private final PostStore posts;
    private final ChannelStore channels;
    private final TargetOutcomes outcomes;
    private final JobQueue queue;
    private final Doubts doubts;
    private final InstantSource clock;
    private final SendingStore sendings = new SendingStore();
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();

    Settlement(
            ClaimedTargets claimed,
            PostStore posts,
            ChannelStore channels,
            TargetOutcomes outcomes,
            JobQueue queue,
            Doubts doubts,
            InstantSource clock) {
        this.claimed = claimed;
        this.posts = posts;
        this.channels = channels;
        this.outcomes = outcomes;
        this.queue = queue;
        this.doubts = doubts;
        this.clock = clock;
    }

    @Nullable
    Void after(Handle tx, Claim claim, Sending sending, PublishOutcome outcome) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, sending.targetId(), now);
        answer(outcome).ifPresent(answer -> sendings.answered(tx, sending, answer));
        switch (outcome) {
            case PublishOutcome.Published(String id, String _, ProviderResponse _)
            when doubtful.isOfAnother(tx, target, id) -> {
                sendings.ended(tx, sending, AttemptOutcome.NOT_SENT, TargetErrors.looksLikeAnother(id), now);
                outcomes.needsPerson(tx, target, TargetErrors.looksLikeAnother(id));
                queue.complete(tx, claim);
            }
            case PublishOutcome.Published(String id, String url, ProviderResponse _) -> {
                outcomes.published(tx, target, id, url, now);
                channels.works(tx, target.channelId());
                sendings.ended(tx, sending, AttemptOutcome.PUBLISHED, null, now);
                queue.complete(tx, claim);
            }
            case PublishOutcome.Rejected(TargetError error) -> refused(tx, claim, target, sending, error);
            case PublishOutcome.Untold(TargetError error) -> untold(tx, claim, target, sending, error);
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
        posts.refresh(tx, target.postId(), now);
        return null;
    }

    /** A request of before that may still come, or has come since, makes the refusal of this one say nothing of the post. */
    private void refused(Handle tx, Claim claim, Outgoing target, Sending sending, TargetError error) {
        Instant now = clock.instant();
        sendings.ended(tx, sending, AttemptOutcome.REJECTED, error, now);
        Optional<Instant> mayCome = doubtful.mayComeUntil(tx, target.id(), now)
                .or(() -> doubtful.mayHaveCome(tx, target.id()) ? Optional.of(now) : Optional.empty());
        if (mayCome.isPresent()) {
            doubts.askWhenNothingComes(tx, claim, target, mayCome.get());
        } else {
            repeats.refused(tx, target.id());
            outcomes.failed(tx, target, error);
            queue.complete(tx, claim);
        }
    }

    private void untold(Handle tx, Claim claim, Outgoing target, Sending sending, TargetError error) {
        boolean sent = error.providerStatus() != null;
        AttemptOutcome outcome = sent ? AttemptOutcome.REJECTED : AttemptOutcome.NOT_SENT;
        sendings.ended(tx, sending, outcome, error, clock.instant());
        outcomes.needsPerson(tx, target, error);
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, target.channelId());
        }
        queue.complete(tx, claim);
    }

    private static Optional<ProviderResponse> answer(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Published published -> Optional.ofNullable(published.answer());
            case PublishOutcome.Rejected(TargetError error) -> answer(error);
            case PublishOutcome.Untold(TargetError error) -> answer(error);
            case PublishOutcome.NotSent(TargetError error, Duration _) -> answer(error);
            case PublishOutcome.Unknown(TargetError error) -> answer(error);
        };
    }

    private static Optional<ProviderResponse> answer(TargetError error) {
        return Optional.ofNullable(error.providerStatus())
                .map(status -> new ProviderResponse(status, error.providerBody()));
    }

    /** The request could not even be made: nothing was sent. */
    @Nullable
    Void notStarted(Handle tx, Claim claim, Outgoing seen, PublishOutcome outcome) {
        Instant now = clock.instant();
        Outgoing target = claimed.locked(tx, claim, seen.id(), now);
        switch (outcome) {
            case PublishOutcome.NotSent(TargetError error, Duration wait) ->
                waitAndSend(tx, claim, target, error, wait, now);
            case PublishOutcome.Rejected(TargetError error) -> {
                outcomes.failed(tx, target, error);
                queue.complete(tx, claim);
            }
            case PublishOutcome.Published _, PublishOutcome.Unknown _, PublishOutcome.Untold _ ->
                throw new IllegalStateException("a preparation sends nothing");
        }
        posts.refresh(tx, target.postId(), now);
        return null;
    }

    /** What has come of an earlier send meanwhile is not found out by a later one that does not leave. */
    private void waitAndSend(Handle tx, Claim claim, Outgoing target, TargetError error, Duration wait, Instant now) {
        if (doubtful.mayHaveCome(tx, target.id())
                && doubtful.mayComeUntil(tx, target.id(), now).isEmpty()) {
            doubts.askWhenNothingComes(tx, claim, target, now);
            return;
        }
        outcomes.pendingAgain(tx, target, error);
        Instant due = target.dueAt() == null ? now : target.dueAt();
        queue.reschedule(tx, claim, now.plus(Patience.atLeast(wait, due, now)));
    }
}
