package io.flowapi.providers.linkedin;

import static io.flowapi.providers.NetworkFailures.refusal;
import static io.flowapi.providers.NetworkFailures.said;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.ProviderResponse;

/** What a failed call means for a target where LinkedIn has words of its own. */
final class Failures {

    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int UNPROCESSABLE = 422;
    static final int UPGRADE_REQUIRED = 426;

    private static final String DUPLICATE = "DUPLICATE_POST";
    private static final String LOOK =
            "Look at the account and settle the target; one that is settled as failed can be retried.";

    private Failures() {}

    static TargetError postRefused(NetworkAnswer.Refused answer) {
        return switch (answer.status()) {
            case UNAUTHORIZED ->
                refusal(
                        answer,
                        ErrorCategory.AUTH_EXPIRED,
                        "credentials_refused",
                        "LinkedIn does not accept the access token" + said(answer),
                        "Connect the account again, then retry the post.");
            case FORBIDDEN ->
                refusal(
                        answer,
                        ErrorCategory.ACCOUNT_ISSUE,
                        "not_allowed",
                        "LinkedIn does not let the token post as the author" + said(answer),
                        "Give the channel a token with w_member_social, or w_organization_social for an organisation that"
                                + " its member looks after; then retry the post.");
            case UPGRADE_REQUIRED -> versionOver(answer);
            case BAD_REQUEST, UNPROCESSABLE -> contentRefused(answer);
            default ->
                refusal(
                        answer,
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "LinkedIn refused the post" + said(answer),
                        "Act on what LinkedIn says, then create the post again.");
        };
    }

    private static TargetError contentRefused(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.USER_CONTENT,
                answer.error().equals("FIELD_LENGTH_TOO_LONG") ? "too_long" : "invalid_post",
                "LinkedIn refused the post" + said(answer),
                "Change the content, then create the post again.");
    }

    /** The operator's to mend: nothing is wrong with the post. */
    private static TargetError versionOver(NetworkAnswer.Refused answer) {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                "version_not_active",
                "LinkedIn does not take the version of its API that this server speaks" + said(answer),
                "Whoever runs the server sets FLOW_LINKEDIN_VERSION to a version that is active, and starts it again; then"
                        + " retry the post.",
                true,
                answer.status(),
                answer.body());
    }

    static boolean saysDuplicate(NetworkAnswer.Refused answer) {
        return answer.status() == UNPROCESSABLE
                && (answer.error().equals(DUPLICATE) || answer.message().contains("is a duplicate of"));
    }

    static TargetError duplicate(NetworkAnswer.Refused answer) {
        return refusal(
                answer,
                ErrorCategory.USER_CONTENT,
                "duplicate_content",
                "The account has a post with the same content, and LinkedIn takes no second one" + said(answer),
                "Change the content, then create the post again.");
    }

    /** The answer, to be stored and shown. */
    static ProviderResponse answer(NetworkAnswer.Refused refusal) {
        return new ProviderResponse(refusal.status(), refusal.body());
    }

    /** Of any refusal while a send of before may have been taken. */
    static TargetError inDoubt(TargetError refusal) {
        return new TargetError(
                refusal.category(),
                refusal.code(),
                "A send of before may have been taken, and sending again, which would tell, was refused: "
                        + refusal.message(),
                LOOK,
                false,
                refusal.providerStatus(),
                refusal.providerBody());
    }

    /** What LinkedIn may have forgotten by now it would show twice. */
    static TargetError longAgo() {
        return untold(
                "sent_long_ago",
                "The post was sent, LinkedIn did not say whether it took it, and by now sending it again could make a second.",
                LOOK,
                false);
    }

    static TargetError stillAtWork() {
        return untold(
                "not_told",
                "The post was sent, and LinkedIn did not say whether it took it. The request may still be at work.",
                "Nothing: it is sent again, which shows one post and tells.",
                true);
    }

    static TargetError sentAgain() {
        return untold(
                "not_told",
                "The post was sent, and LinkedIn did not say whether it took it.",
                "Nothing: it is sent again, which shows one post and tells.",
                true);
    }

    private static TargetError untold(String code, String message, String remediation, boolean goesOn) {
        return new TargetError(ErrorCategory.UNKNOWN, code, message, remediation, goesOn, null, null);
    }

    /** Of a call that publishes nothing. */
    static TargetError unread(NetworkAnswer.Refused answer) {
        if (answer.rateLimited()) {
            return NetworkFailures.rateLimited(answer);
        }
        return switch (answer.status()) {
            case UNAUTHORIZED, FORBIDDEN, UPGRADE_REQUIRED -> postRefused(answer);
            default -> NetworkFailures.unexpected(answer);
        };
    }
}
