package io.flowapi.providers.x;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import java.time.Duration;
import java.time.Instant;

/**
 * What follows when a network that can only be read back, and shows late, does not show what was sent. It is sent once more
 * after three looks over ten minutes; what is then in doubt again is left to a person. Should the first send come after all,
 * the network refuses the second as its duplicate.
 */
public final class ReadBack {

    private static final int LOOKS_MIN = 3;
    private static final Duration LOOKED_FOR_MIN = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    /** So long nobody may say that it never comes, however often it was looked for. */
    private static final Duration MAY_COME_MAX = Duration.ofHours(1);

    private ReadBack() {}

    /**
     * The account shows nothing that could be it.
     *
     * @param hasText without text nothing tells one post from another
     */
    public static Resolution notShown(Sending sending, boolean hasText, Instant askedAt) {
        Sending.Looks before = sending.looks();
        boolean often = before.times() + 1 >= LOOKS_MIN;
        boolean longEnough =
                before.since() != null && !askedAt.isBefore(before.since().plus(LOOKED_FOR_MIN));
        if (!often || !longEnough) {
            return new Resolution.NotShown(notShownYet(), LOOK_AGAIN);
        }
        return sending.mayBeThere() || !hasText
                ? new Resolution.Untold(neverShown())
                : new Resolution.Absent(
                        Waits.afterAbsence(sending.attempt()),
                        sending.startedAt().plus(MAY_COME_MAX));
    }

    /**
     * The network has the same text already. That is final for a first send; after another it may be what that one made,
     * which is then looked for.
     */
    public static PublishOutcome duplicate(Sending sending, TargetError refusal) {
        return sending.mayBeThere()
                ? new PublishOutcome.Unknown(new TargetError(
                        ErrorCategory.UNKNOWN,
                        "duplicate_of_before",
                        "The post was sent before, and the network has one with the same text: " + refusal.message(),
                        "Nothing: it is being resolved.",
                        true,
                        refusal.providerStatus(),
                        refusal.providerBody()))
                : new PublishOutcome.Rejected(refusal);
    }

    private static TargetError notShownYet() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_shown",
                "The post was sent, and the account does not show it yet.",
                "Nothing: it is being resolved.",
                true,
                null,
                null);
    }

    private static TargetError neverShown() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "never_shown",
                "The post was sent, and the account has not shown it for " + LOOKED_FOR_MIN.toMinutes()
                        + " minutes. It is not sent again, since it may be there.",
                "Look at the account and settle the target; one that is settled as failed can be retried.",
                false,
                null,
                null);
    }
}
