package io.flowapi.providers.oauth;

import static io.flowapi.providers.NetworkFailures.WAIT;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;

/** What it means for a target that there is no token. */
final class Renewals {

    private static final String CONNECT = "Connect the account again with startChannelConnection and this channelId, or"
            + " give the channel new tokens; then try again.";

    /** How X says it. */
    private static final String X_INVALID = "Value passed for the token was invalid";

    private Renewals() {}

    /** The only words after which asking again is of no use: all others may be of a moment, or of our settings. */
    static boolean ended(NetworkAnswer.Refused refusal) {
        return refusal.error().equals("invalid_grant")
                || refusal.error().equals("invalid_request")
                        && refusal.message().startsWith(X_INVALID);
    }

    static TargetError grantOver(NetworkAnswer.Refused refusal) {
        return NetworkFailures.refusal(
                refusal,
                ErrorCategory.AUTH_EXPIRED,
                "credentials_refused",
                "The network does not renew the access token" + NetworkFailures.said(refusal),
                CONNECT);
    }

    static TargetError noRefreshToken() {
        return new TargetError(
                ErrorCategory.AUTH_EXPIRED,
                "credentials_refused",
                "The network does not accept the access token, and the channel has no refresh token.",
                CONNECT,
                false,
                null,
                null);
    }

    /** Of ours: the refresh token may be good as ever. */
    static TargetError noApplication(OAuthApplication application) {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                "token_not_renewed",
                "The network does not accept the access token, and it cannot be renewed: " + application.setting()
                        + " is not set.",
                "It is tried again. Set " + application.setting() + " on the server.",
                true,
                null,
                null);
    }

    /** Wrong settings are the operator's: they cost no owner their connection. */
    static TargetError notRenewed(NetworkAnswer.Refused refusal, OAuthApplication application) {
        return refusal.rateLimited()
                ? NetworkFailures.rateLimited(refusal)
                : NetworkFailures.refusal(
                        refusal,
                        ErrorCategory.PROVIDER_ERROR,
                        "token_not_renewed",
                        "The network refused to renew the access token" + NetworkFailures.said(refusal),
                        "It is tried again. Check " + application.setting() + " and its secret on the server.");
    }

    /** Of ours: it says nothing of the network. */
    static TargetError underWay() {
        return new TargetError(
                ErrorCategory.SYSTEM_ERROR,
                "token_being_renewed",
                "The access token is being renewed at this moment.",
                WAIT,
                true,
                null,
                null);
    }

    static TargetError notTokens(NetworkAnswer.Done answer) {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_unavailable",
                "The network did not answer with tokens as its protocol has them.",
                WAIT,
                true,
                answer.answer().status(),
                null);
    }
}
