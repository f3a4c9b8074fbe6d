package io.flowapi.providers.x;

import static io.flowapi.providers.NetworkFailures.refusal;
import static io.flowapi.providers.NetworkFailures.said;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import java.util.Locale;

/** What a failed call means for a target where X has words of its own. */
final class Failures {

    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    private static final int INVALID = 400;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int FORBIDDEN = 403;

    private Failures() {}

    /** X has no name for it, only words, and does not say of what. */
    static boolean isDuplicate(NetworkAnswer.Refused answer) {
        return answer.status() == FORBIDDEN && saying(answer, "duplicate");
    }

    /** The application has used up what is paid for, which no waiting for a rate limit gives back. */
    static boolean isCapped(NetworkAnswer.Refused answer) {
        return answer.error().equals("usage-capped") || answer.status() == PAYMENT_REQUIRED;
    }

    private static boolean saying(NetworkAnswer.Refused answer, String words) {
        return answer.message().toLowerCase(Locale.ROOT).contains(words);
    }

    static TargetError postRefused(NetworkAnswer.Refused answer) {
        if (isDuplicate(answer)) {
            return duplicate(answer);
        }
        if (becauseOfAccount(answer) && !saying(answer, "reply to this conversation")) {
            return accountRefused(answer);
        }
        return switch (answer.status()) {
            case FORBIDDEN ->
                refusal(
                        answer,
                        ErrorCategory.USER_CONTENT,
                        "reply_not_allowed",
                        "X does not let the account reply there" + said(answer),
                        "An application may reply only to who has mentioned or quoted the account. Post it without"
                                + " inReplyToPostId.");
            case INVALID ->
                refusal(
                        answer,
                        ErrorCategory.USER_CONTENT,
                        "invalid_post",
                        "X refused the post" + said(answer),
                        "Change the content, then create the post again.");
            default ->
                refusal(
                        answer,
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "X refused the post" + said(answer),
                        "Act on what X says, then create the post again.");
        };
    }

    private static TargetError duplicate(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.USER_CONTENT,
                "duplicate_content",
                "The account has a post with the same text already" + said(answer),
                "Change the content, then create the post again.");
    }

    /** Of any call: whether the token, the account or what is paid for is why. */
    static boolean becauseOfAccount(NetworkAnswer.Refused answer) {
        return answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN || isCapped(answer);
    }

    static TargetError accountRefused(NetworkAnswer.Refused answer) {
        if (isCapped(answer)) {
            return refusal(
                    answer,
                    ErrorCategory.ACCOUNT_ISSUE,
                    "usage_capped",
                    "The application has used up what it has paid X for" + said(answer),
                    "Buy more, or raise the cap, in the developer console of X; then try again.");
        }
        return answer.status() == UNAUTHORIZED
                ? refusal(
                        answer,
                        ErrorCategory.AUTH_EXPIRED,
                        "credentials_refused",
                        "X does not accept the access token" + said(answer),
                        "Connect the account again, then try again.")
                : refusal(
                        answer,
                        ErrorCategory.ACCOUNT_ISSUE,
                        "not_allowed",
                        "X does not allow the account to do it" + said(answer),
                        "Act on what X says. The account must be in order, and the token needs the scopes tweet.read,"
                                + " tweet.write and users.read.");
    }

    /** Of a call that publishes nothing. */
    static TargetError unread(NetworkAnswer.Refused answer) {
        if (becauseOfAccount(answer)) {
            return accountRefused(answer);
        }
        return answer.rateLimited() ? NetworkFailures.rateLimited(answer) : NetworkFailures.unexpected(answer);
    }

    static TargetError tooManySince() {
        return new TargetError(
                ErrorCategory.UNKNOWN,
                "not_shown",
                "The account has so many newer posts that not all could be looked through.",
                "Look at the account, then settle the target.",
                true,
                null,
                null);
    }
}
