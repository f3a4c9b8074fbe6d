package io.flowapi.providers.mastodon;

import static io.flowapi.providers.NetworkFailures.refusal;
import static io.flowapi.providers.NetworkFailures.said;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;

/** What a failed call means for a target where Mastodon has words of its own. */
final class Failures {

    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private Failures() {}

    static TargetError statusRefused(NetworkAnswer.Refused answer) {
        return switch (answer.status()) {
            case UNAUTHORIZED, FORBIDDEN -> accountRefused(answer);
            case UNPROCESSABLE ->
                refusal(
                        answer,
                        ErrorCategory.USER_CONTENT,
                        "invalid_status",
                        "The instance refused the status" + said(answer),
                        "Change the content, then create the post again.");
            default ->
                refusal(
                        answer,
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "The instance refused the status" + said(answer),
                        "Act on what the instance says, then create the post again.");
        };
    }

    /** Of any call: whether the token, or what stands behind it, is why. */
    static boolean becauseOfAccount(NetworkAnswer.Refused answer) {
        return answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
    }

    static TargetError accountRefused(NetworkAnswer.Refused answer) {
        return answer.status() == UNAUTHORIZED
                ? refusal(
                        answer,
                        ErrorCategory.AUTH_EXPIRED,
                        "credentials_refused",
                        "The instance does not accept the access token" + said(answer),
                        "Make a new access token, give it to the channel, then try again.")
                : refusal(
                        answer,
                        ErrorCategory.ACCOUNT_ISSUE,
                        "not_allowed",
                        "The instance does not allow the account to do it" + said(answer),
                        "Look at the account, and that the token has the scopes read:accounts, read:statuses and"
                                + " write:statuses; then try again.");
    }

    /** Of a call that only reads. */
    static TargetError unread(NetworkAnswer.Refused answer) {
        if (answer.rateLimited()) {
            return NetworkFailures.rateLimited(answer);
        }
        return becauseOfAccount(answer) ? accountRefused(answer) : NetworkFailures.unexpected(answer);
    }

    static TargetError notThereYet() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_shown",
                "The instance does not show the status, and the request may still be on its way.",
                "Nothing: it is being resolved.",
                true,
                null,
                null);
    }

    static TargetError tooManySince() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_shown",
                "The account has so many newer statuses that not all could be looked through.",
                "Look at the account, then settle the target.",
                true,
                null,
                null);
    }
}
