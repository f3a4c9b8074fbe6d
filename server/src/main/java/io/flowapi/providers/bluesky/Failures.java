package io.flowapi.providers.bluesky;

import static io.flowapi.providers.NetworkFailures.WAIT;
import static io.flowapi.providers.NetworkFailures.refusal;
import static io.flowapi.providers.NetworkFailures.said;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.NetworkAnswer;
import org.jspecify.annotations.Nullable;

/** What a failed call means for a target where Bluesky has words of its own. */
final class Failures {

    private Failures() {}

    /** Its body would be a secret if it were one. */
    static TargetError notASession() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The server answered a login without tokens.",
                WAIT,
                true,
                200,
                null);
    }

    /** A new session was made and refused like the one before. */
    static TargetError sessionRefused(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.PROVIDER_ERROR,
                "session_refused",
                "The server refused a session that it had just given.",
                WAIT);
    }

    static TargetError loginRefused(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.AUTH_EXPIRED,
                "credentials_refused",
                "The server does not accept the app password any more.",
                "Make a new app password, give it to the channel, then try again.");
    }

    static TargetError accountGone(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.ACCOUNT_ISSUE,
                "account_unavailable",
                "The account is deactivated, suspended or deleted (" + answer.error() + ").",
                "Restore the account on its network, then try again.");
    }

    static TargetError postRefused(NetworkAnswer.Refused answer) {
        return switch (answer.error()) {
            case "InvalidSwap" -> otherRecord(answer.status(), answer.body());
            case "InvalidRequest", "InvalidRecord" ->
                refusal(
                        answer,
                        ErrorCategory.USER_CONTENT,
                        "invalid_record",
                        "The server refused the post" + said(answer),
                        "Change the content, then create the post again.");
            default ->
                refusal(
                        answer,
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "The server refused the post" + said(answer),
                        "Act on what the server says, then create the post again.");
        };
    }

    static TargetError otherRecord(int status, @Nullable String body) {
        return new TargetError(
                ErrorCategory.PROVIDER_REJECTED,
                "record_exists_with_other_content",
                "Another record stands under the key of this post; it was not overwritten.",
                "Look at the account. If the post is not there, create it again.",
                false,
                status,
                body);
    }

    /** A server answers so for accounts that are deactivated or deleted too: the post may be there, unseen. */
    static TargetError unreadable(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.ACCOUNT_ISSUE,
                "record_not_readable",
                "The server does not let the account be read" + said(answer),
                "Restore the account on its network; until then it is asked again.");
    }
}
