package io.flowapi.providers.linkedin;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a send whose answer is missing, where nobody can look: the same is sent again, and the network, which
 * shows one post of the same content, takes it or names the one it has.
 */
public final class Repetition {

    /** Two requests at work at once may not see each other. What stands before LinkedIn gives one up after a minute. */
    static final Duration AT_WORK_MAX = Duration.ofMinutes(2);

    /** LinkedIn knows a content again for a day or more, which it does not promise. */
    static final Duration KNOWN_AGAIN = Duration.ofHours(1);

    /** How far LinkedIn's clock may be behind. */
    private static final Duration SKEW_MAX = Duration.ofSeconds(5);

    /** What was made so long before the send was made by somebody else, whatever the clocks say. */
    private static final Duration SURELY_BEFORE = Duration.ofMinutes(10);

    private Repetition() {}

    /** Why the request must not be sent; empty when it may. */
    public static Optional<PublishOutcome> instead(Sending sending, Instant now) {
        Instant since = sending.doubtedSince();
        return since == null || now.isBefore(since.plus(KNOWN_AGAIN))
                ? Optional.empty()
                : Optional.of(new PublishOutcome.Untold(Failures.longAgo()));
    }

    public static Resolution resolve(Sending sending, Instant now) {
        Instant since = sending.doubtedSince() == null ? sending.startedAt() : sending.doubtedSince();
        if (!now.isBefore(since.plus(KNOWN_AGAIN))) {
            return new Resolution.Untold(Failures.longAgo());
        }
        Instant over = sending.startedAt().plus(AT_WORK_MAX);
        return now.isBefore(over)
                ? new Resolution.Undecided(Failures.stillAtWork(), Duration.between(now, over))
                : new Resolution.SendAgain(Failures.sentAgain(), Waits.afterAbsence(sending.attempt()), over);
    }

    /** The network has refused the request for a reason that says nothing of one before. */
    public static PublishOutcome refused(Sending sending, TargetError refusal) {
        return sending.doubtedSince() == null
                ? new PublishOutcome.Rejected(refusal)
                : new PublishOutcome.Untold(Failures.inDoubt(refusal));
    }

    /**
     * The network has refused the request because it has a post of the same content.
     *
     * @param named the post that it has; null when it did not say, and then nobody knows whose it is
     * @param madeAt when that was made; null with it
     */
    public static PublishOutcome duplicate(
            Sending sending, PublishOutcome.@Nullable Published named, @Nullable Instant madeAt, TargetError refusal) {
        Instant since = sending.doubtedSince();
        if (since == null) {
            return new PublishOutcome.Rejected(refusal);
        }
        if (named == null || madeAt == null) {
            return new PublishOutcome.Untold(Failures.inDoubt(refusal));
        }
        // It was there before anything was sent: what was sent was refused because of it, as this is.
        if (madeAt.isBefore(since.minus(SURELY_BEFORE))) {
            return new PublishOutcome.Rejected(refusal);
        }
        // One made by this very request is no post: of what was deleted LinkedIn names a new one each time.
        boolean ours = !madeAt.isBefore(since.minus(SKEW_MAX)) && madeAt.isBefore(sending.startedAt());
        return ours ? named : new PublishOutcome.Untold(Failures.inDoubt(refusal));
    }
}
