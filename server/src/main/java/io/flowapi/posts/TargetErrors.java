package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import java.time.Duration;

/** What is said of a target when it is not the network that says it. */
final class TargetErrors {

    static final String SERVER_FAULT = "server_fault";
    static final String INTERRUPTED = "interrupted";

    private TargetErrors() {}

    /** The doubt of the send before is over. */
    static TargetError notThere() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "not_taken",
                "The post was sent, and the network does not have it.",
                "Nothing: it is sent again.",
                true,
                null,
                null);
    }

    static TargetError gaveUp() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "After " + Doubts.SENDS_MAX + " sends the network still does not have the post.",
                "Retry the post when the network works.",
                true,
                null,
                null);
    }

    static TargetError interrupted() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                INTERRUPTED,
                "The server stopped while the request was on its way.",
                "Nothing: it is being resolved.",
                true,
                null,
                null);
    }

    /** @param last what was said when the network was asked last */
    static TargetError neverTold(TargetError last) {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "never_told",
                "The network has not told for " + TargetOutcomes.ASKED_FOR.toHours()
                        + " hours whether it has the post.",
                "Look at the channel and settle the target; one that is settled as failed can be retried.",
                false,
                last.providerStatus(),
                last.providerBody());
    }

    /** Nothing is known that the network could be asked for. */
    static TargetError restored() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "restored",
                "The server was restored from a backup, and the post may have gone out since the backup was made.",
                "Look at the channel and settle the target; one that is settled as failed can be retried.",
                false,
                null,
                null);
    }

    static TargetError restoredAndAsked() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "restored",
                "The server was restored from a backup, and the post may have gone out since the backup was made.",
                "Nothing: it is being resolved.",
                true,
                null,
                null);
    }

    static TargetError channelDeletedAfter() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "channel_deleted",
                "The channel was deleted, and its credentials with it.",
                "Delete the post on its network by hand, then delete it here without fromProvider.",
                false,
                null,
                null);
    }

    static TargetError settledAsFailed() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "settled_as_failed",
                "A person has decided that the network does not have the post.",
                "Retry the post to send it again.",
                true,
                null,
                null);
    }

    static TargetError channelDeletedBefore() {
        return new TargetError(
                ErrorCategory.ACCOUNT_ISSUE,
                "channel_deleted",
                "The channel was deleted before the post went out.",
                "Create the post again on another channel.",
                false,
                null,
                null);
    }

    /** Nothing of it is out, and nothing more happens to it. */
    static TargetError serverFault() {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                SERVER_FAULT,
                "A fault of the server has kept the post from going out for a day.",
                "Tell whoever runs the server; retry the post when the fault is mended.",
                true,
                null,
                null);
    }

    static TargetError alwaysInterrupted() {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                SERVER_FAULT,
                "The server stopped, or failed, during each of " + Doubts.INTERRUPTED_MAX + " sends of the post.",
                "Tell whoever runs the server; retry the post when the fault is mended.",
                true,
                null,
                null);
    }

    static TargetError serverFaultAfterSend() {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                SERVER_FAULT,
                "The post was sent, and a fault of the server has kept it for a day from finding out what came of it.",
                "Look at the channel and settle the target; one that is settled as failed can be retried.",
                false,
                null,
                null);
    }

    static TargetError tooLate(Duration latenessMax) {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                "too_late",
                "The post could not be sent within " + latenessMax.toHours() + " hours of its time.",
                "Retry the post, which sends it now, if it is still wanted.",
                true,
                null,
                null);
    }

    /** Nothing more is sent, and what was sent may still be at work. */
    static TargetError mayStillCome() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "may_still_come",
                "The network does not have the post, and a request of before may still come to it.",
                "Nothing: it is being resolved.",
                true,
                null,
                null);
    }

    /** @param why it is not sent any more */
    static TargetError notSentAgain(TargetError why) {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_told",
                "The post was sent, the network did not say whether it took it, and it is not sent again: "
                        + (why.code().equals("too_late") ? "it is too late." : "it was sent often enough."),
                "Look at the channel and settle the target; one that is settled as failed can be retried.",
                false,
                null,
                null);
    }

    static TargetError looksLikeAnother(String providerPostId) {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "looks_like_another",
                "The network shows " + providerPostId + ", which has the same text and is another post's."
                        + " Whether it has this one too is not known.",
                "Look at the channel and settle the target; create the post again if it is not there.",
                false,
                null,
                null);
    }

    static TargetError heldUp() {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                "held_up",
                "The server was held up before it could send.",
                "Nothing: it is sent again.",
                true,
                null,
                null);
    }
}
